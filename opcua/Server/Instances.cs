using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Server;

/// <summary>Makes instances of object types (Part 3, 6.4.4): their mandatory children, and the optional ones that are asked for.</summary>
public static class Instances
{
    private static readonly NodeId s_hasModellingRule = new(37), s_mandatory = new(78);

    /// <summary>Adds an object of a type below a parent; its children's ids are its own with their names after a dot.</summary>
    /// <param name="space">Where.</param>
    /// <param name="parent">Below what.</param>
    /// <param name="id">Its id; a text.</param>
    /// <param name="name">Its name.</param>
    /// <param name="type">Its type.</param>
    /// <param name="optional">Names of optional children that it has.</param>
    public static Node Instantiate(this AddressSpace space, NodeId parent, NodeId id, QualifiedName name, NodeId type, params IReadOnlyCollection<string> optional)
    {
        var made = space.AddObject(parent, id, name, type);
        AddChildren(space, made, type, optional, depth: 0);
        return made;
    }

    private static void AddChildren(AddressSpace space, Node made, NodeId type, IReadOnlyCollection<string> optional, int depth)
    {
        for (var from = type; space.Find(from) is { } holder && depth < 8; from = Parent(holder))
        {
            foreach (var reference in holder.References.Where(one => one.IsForward && IsChild(one.ReferenceType)))
            {
                if (space.Find(reference.Target) is { } child && Wanted(child, optional) && space.Child(made.NodeId, child.BrowseName).IsNull)
                {
                    Copy(space, made, child, reference.ReferenceType, optional, depth);
                }
            }
        }
    }

    private static void Copy(AddressSpace space, Node made, Node child, NodeId reference, IReadOnlyCollection<string> optional, int depth)
    {
        var copy = space.Add(new Node(new NodeId(made.NodeId.NamespaceIndex, $"{made.NodeId.Text}.{child.BrowseName.Name}"), child.NodeClass, child.BrowseName)
        {
            DisplayName = child.DisplayName, Description = child.Description, DataType = child.DataType, ValueRank = child.ValueRank,
            ArrayDimensions = child.ArrayDimensions, AccessLevel = child.AccessLevel, EventNotifier = child.EventNotifier, Stored = child.Stored,
        });
        space.Refer(made.NodeId, reference, copy.NodeId);
        var type = child.References.FirstOrDefault(one => one.IsForward && one.ReferenceType == Ids.HasTypeDefinition).Target;
        if (!type.IsNull)
        {
            copy.Add(new Reference(Ids.HasTypeDefinition, true, type));
        }

        // A method's arguments carry no rule of their own in many node sets, and are never left out.
        AddChildren(space, copy, child.NodeId, child.NodeClass == NodeClass.Method ? ["InputArguments", "OutputArguments"] : optional, depth + 1);
        if (child.NodeClass == NodeClass.Object && !type.IsNull)
        {
            AddChildren(space, copy, type, optional, depth + 1);
        }
    }

    private static bool IsChild(NodeId reference) =>
        reference == Ids.HasComponent || reference == Ids.HasProperty || reference == Ids.HasOrderedComponent;

    private static bool Wanted(Node child, IReadOnlyCollection<string> optional) =>
        optional.Contains(child.BrowseName.Name) || child.References.Any(one => one.IsForward && one.ReferenceType == s_hasModellingRule && one.Target == s_mandatory);

    private static NodeId Parent(Node type) => type.References.FirstOrDefault(one => !one.IsForward && one.ReferenceType == Ids.HasSubtype).Target;
}
