using System.Text.Json.Serialization;
using Warehouse.Domain.Deciding;

namespace Warehouse.Silo.Api;

/// <summary>One broken rule: which field, which rule, in a file of rows which row, and for a file that is kept which one.</summary>
public sealed record FieldProblem(
    string Field, string Rule, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Row = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? File = null);

/// <summary>Problem documents (RFC 9457) that name field and rule. Whoever gets one knows that nothing was changed.</summary>
public static class Problems
{
    /// <summary>The body is not what it says it is.</summary>
    public static IResult Malformed(string detail) => Of(StatusCodes.Status400BadRequest, "The body cannot be read", detail);

    /// <summary>The body can be read and breaks rules.</summary>
    public static IResult Broken(IReadOnlyList<FieldProblem> errors) => Results.Problem(
        detail: Describe(errors[0]),
        statusCode: StatusCodes.Status422UnprocessableEntity,
        title: errors.Count == 1 ? "A rule is broken" : $"{errors.Count} rules are broken",
        extensions: new Dictionary<string, object?> { ["errors"] = errors });

    /// <summary>A noun said no: what it said, and the cause for programs.</summary>
    public static IResult Refused(Answer answer) => Results.Problem(
        detail: answer.Reason,
        statusCode: StatusCodes.Status409Conflict,
        title: "Refused",
        extensions: new Dictionary<string, object?> { ["cause"] = answer.Cause });

    /// <summary>There is no such thing.</summary>
    public static IResult Unknown(string what) => Of(StatusCodes.Status404NotFound, "Not found", $"there is no {what}");

    /// <summary>Larger than the option allows.</summary>
    public static IResult TooLarge(long limit, string option) =>
        Of(StatusCodes.Status413PayloadTooLarge, "The body is too large", $"the limit is {limit} bytes (option {option})");

    private static IResult Of(int status, string title, string detail) => Results.Problem(detail, statusCode: status, title: title);

    private static string Describe(FieldProblem error) => error switch
    {
        { Row: { } row } => $"row {row}, {error.Field}: {error.Rule}",
        { File: { } file } => $"{file}: {error.Field}: {error.Rule}",
        _ => $"{error.Field}: {error.Rule}",
    };
}
