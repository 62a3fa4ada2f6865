using Warehouse.Domain.Deciding;

namespace Warehouse.Devices.Vda5050;

/// <summary>The head of a message that we send.</summary>
/// <param name="HeaderId">Number of the message on its topic.</param>
/// <param name="At">When it is sent.</param>
/// <param name="Topics">To which vehicle.</param>
public readonly record struct VdaHeader(uint HeaderId, Moment At, VdaTopics Topics)
{
    /// <summary>The time as it stands in the message.</summary>
    public string Timestamp => At.ToString();
}
