using Warehouse.Contracts;
using Warehouse.Dashboard.Board;
using Warehouse.Domain.Deciding;
using Warehouse.Simulation.Opening;

namespace Warehouse.Silo.Intake;

/// <summary>
/// The one way in for everything that channels ask for, whether it came over HTTP, in a file, or from the sample. Each
/// item carries an id of its own, so whatever comes twice is the same.
/// </summary>
public sealed class OrderIntake(IGrainFactory grains, FloorBoard board)
{
    /// <summary>Hands an item to its order; what finds no order is held for a person.</summary>
    public async Task<Answer> Submit(IntakeItem item)
    {
        switch (item)
        {
            case IntakeItem.PlaceOrder place:
                return await grains.GetGrain<IOrderGrain>(place.Draft.Id.Text).Execute(place.Envelope);
            case IntakeItem.ReverseUnits reverse:
                return Kept(reverse, await grains.GetGrain<IOrderGrain>(reverse.Order.Text).Execute(reverse.Envelope));
            case IntakeItem.Held held:
                Hold($"{held.ExternalId}/{held.Line}", $"{held.Quantity} of {held.Sku} taken back by {held.Customer}: {held.Reason}", held.At);
                return Answer.Yes;
            case IntakeItem.ChargeReversed:
                return Answer.Yes;
            default:
                throw new InvalidOperationException($"the intake does not know {item}");
        }
    }

    private Answer Kept(IntakeItem.ReverseUnits reverse, Answer answer)
    {
        if (!answer.Accepted)
        {
            Hold(reverse.Reversal, $"{reverse.Quantity} of line {reverse.Line} of {reverse.Order}: {answer.Reason}", reverse.At);
        }

        return answer;
    }

    private void Hold(string id, string reason, Moment at) =>
        board.Hold(new ExceptionView($"reversal:{id}", "ReversalHeld", reason, at.UnixMilliseconds));
}
