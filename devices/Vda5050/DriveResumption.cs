using Warehouse.Domain.Fleet;

namespace Warehouse.Devices.Vda5050;

/// <summary>
/// Where an order begins for a vehicle that has none of the mission: at the first node, or, when it had done a part and
/// lost the order (it was switched off, or a person took it over), at the node where it stands. What it had picked or
/// dropped is never asked for again under a new order unless its load shows that it is not done. Pure.
/// </summary>
internal static class DriveResumption
{
    /// <summary>The order to send, or why there is none.</summary>
    public static DriveStep TakeUp(DriveView view, VdaState state, OrderName? former)
    {
        var (course, known) = (view.Course, view.Known);
        var begun = known.Nodes > 0 || view.Memory.Had;
        var at = At(course, Math.Max(0, known.Nodes - 1), state.LastNodeId);
        if (at < 0)
        {
            return begun
                ? new DriveStep.Refuse($"the vehicle lost its order and stands at '{state.LastNodeId}', which is not on the rest of the way of {course.Mission}")
                : new DriveStep.SendOrder(new OrderPart(OrderName.First(course.Mission), 0, 0));
        }

        if (at == 0 && !begun)
        {
            return new DriveStep.SendOrder(new OrderPart(OrderName.First(course.Mission), 0, 0));
        }

        var acts = known.Acts;
        foreach (var (act, node) in course.Nodes.Take(at + 1).SelectMany((node, index) => node.Acts.Select(act => (act, index))).Skip(known.Acts))
        {
            if (StateMapping.Carries(state, course.LoadId) is not { } carries)
            {
                return new DriveStep.Refuse($"the vehicle lost its order and does not say whether it carries {course.LoadId}: {act.ActionId} is not asked for again");
            }

            if (carries != (act.Action == LegAction.Pick))
            {
                if (node < at)
                {
                    return new DriveStep.Refuse($"the vehicle lost its order and is beyond {act.Place} with{(carries ? "" : "out")} {course.LoadId}");
                }

                if (act.Action == LegAction.Pick && state.Loads is { IsEmpty: false })
                {
                    return new DriveStep.Refuse($"the vehicle lost its order and carries {StateMapping.LoadsOf(state)}, not {course.LoadId}: {act.ActionId} is not asked for again");
                }

                break;
            }

            acts++;
        }

        if (course.Ends && at == course.Nodes.Length - 1 && acts == course.ActsThrough(at))
        {
            return new DriveStep.Found(new CourseProgress(at + 1, acts, course.LegEnds.Length));
        }

        var attempt = former is { } order && order.Start == at ? order.Attempt + 1 : 0;
        var name = new OrderName(course.Mission, at, attempt);
        return new DriveStep.SendOrder(new OrderPart(name, 0, at, acts - (at == 0 ? 0 : course.ActsThrough(at - 1))));
    }

    /// <summary>How many acts of an order's first node were left out of it, when an update begins with that node again.</summary>
    public static int Unlisted(Course course, VdaState state, OrderName order, int from) =>
        from == order.Start && (order.Start > 0 || order.Attempt > 0)
            ? course.Nodes[from].Acts.TakeWhile(act => state.Action(act.ActionId) is null).Count()
            : 0;

    private static int At(Course course, int from, string nodeId)
    {
        for (var i = from; i < Math.Min(course.Nodes.Length, course.Released); i++)
        {
            if (course.Nodes[i].Point.Node.Text == nodeId)
            {
                return i;
            }
        }

        return -1;
    }
}
