using System.Text.Json.Serialization;
using Warehouse.Domain.Deciding;

namespace Warehouse.Domain.Cranes;

/// <summary>One job of a crane: aisle and running number, <c>MAIN/A01/000123</c>. It is the ISA-95 JobOrderID.</summary>
/// <param name="Text">The id as it stands in keys, topics and logs.</param>
[GenerateSerializer, Immutable, Alias("crane-job-id"), JsonConverter(typeof(TextIdJson<CraneJobId>))]
public readonly record struct CraneJobId([property: Id(0)] string Text) : ITextId<CraneJobId>, IComparable<CraneJobId>
{
    /// <inheritdoc/>
    public static CraneJobId Parse(string text) => new(GrainKey.Checked(text));

    /// <inheritdoc/>
    public int CompareTo(CraneJobId other) => string.CompareOrdinal(Text, other.Text);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
