namespace Warehouse.OpcUa.Server;

/// <summary>The part of namespace 0 that this server shows: the node set in <c>Core/</c>, cut from the OPC Foundation's.</summary>
internal static class CoreNodes
{
    private const string Resource = "Warehouse.OpcUa.Server.Core.Core.NodeSet2.xml";

    public static void AddTo(AddressSpace space)
    {
        using var file = typeof(CoreNodes).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not in the assembly");
        NodeSetFile.Load(space, file);
    }
}
