namespace Warehouse.Domain.Deciding;

/// <summary>
/// Marks what whoever sends a command looked up for it (a position, a list of candidates), not what the caller asked
/// for. Like every <see cref="Moment"/> it does not count when a repeat is compared with the original: a caller who
/// repeats an id an hour later asks for the same, though the look-up may come out differently.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LookedUpAttribute : Attribute;
