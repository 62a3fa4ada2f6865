using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Shipping;
using Warehouse.Domain.Totes;
using Warehouse.Journal;
using Warehouse.Simulation.Faults;
using Warehouse.Simulation.House;
using Warehouse.Simulation.Runs;

namespace Warehouse.Simulation.Tests.Faults;

/// <summary>
/// Mistakes put in on purpose, from outside the production code. Each must be found within a few seeds, by name, or the
/// checker is blind to its kind.
/// </summary>
public sealed class PlantedBugTests
{
    private const ulong Seeds = 6;

    /// <summary>Every kind of fault, so that each mistake has its chance.</summary>
    private static readonly FaultOptions Faults = new(
        Kills: 5, StepsBetweenKills: 6000, SecondActivations: 40, Call: 10_000, Write: 10_000, Stalls: 3, Message: 20_000, Cuts: 3,
        CraneCall: 20_000, Reboots: 5, DamagedSnapshots: 10, Short: 100_000);

    [Fact]
    public void Without_planted_mistakes_the_same_seeds_and_faults_find_nothing()
    {
        for (var seed = 1UL; seed <= Seeds; seed++)
        {
            Assert.Empty(FaultRun.Play(seed, Faults).Failures);
        }
    }

    [Fact]
    public void Repeats_that_are_decided_again_are_found() => Found(house => house with { Router = real => new ForgetfulRouter(real) });

    [Fact]
    public void Effects_that_leave_before_their_commit_are_found() => Found(house =>
    {
        IRouter? router = null;
        var codec = new JournalCodec(house.Nouns.Names);
        return house with
        {
            Router = real => router = real,
            Journal = real => new TamperedStore(real)
            {
                Appending = async (store, batch) =>
                {
                    foreach (var effect in batch.SelectMany(append => append.Effects).Where(effect => effect.Due is null))
                    {
                        _ = router!.Send(effect.Target, Envelope.From($"early {effect.Id}", codec.DecodeCommand(effect.Body.Span)));
                    }

                    return await store.Append(batch);
                },
            },
        };
    });

    [Fact]
    public void An_undo_that_releases_nothing_is_found() => FoundIn("order", order => new(order)
    {
        Reacting = (_, happened) => happened is OrderEvent.AllocationUndone ? [] : null!,
    }, "still holds");

    [Fact]
    public void A_stale_append_that_lands_all_the_same_is_found() => Found(house => house with
    {
        Journal = real => new TamperedStore(real)
        {
            Appending = async (store, batch) =>
            {
                var outcomes = (await store.Append(batch)).ToArray();
                for (var i = 0; i < batch.Count; i++)
                {
                    if (outcomes[i] == AppendOutcome.Conflict)
                    {
                        var version = (await store.ReadStream(batch[i].Stream, 0, int.MaxValue)).Count + 1;
                        outcomes[i] = (await store.Append([batch[i] with
                        {
                            Version = version,
                            Effects = [.. batch[i].Effects.Select(effect => effect with { Id = effect.Id with { Version = version } })],
                        }]))[0];
                    }
                }

                return outcomes;
            },
        },
    });

    [Fact]
    public void An_effect_that_was_never_written_is_found()
    {
        Found(house =>
        {
            var seen = 0;
            return house with
            {
                Journal = real => new TamperedStore(real)
                {
                    Appending = (store, batch) => store.Append(
                        [.. batch.Select(append => append with { Effects = [.. append.Effects.Where(_ => ++seen % 100 != 0)] })]),
                },
            };
        });
    }

    [Fact]
    public void An_effect_that_stays_after_its_answer_is_found() => Found(house => house with
    {
        Journal = real => new TamperedStore(real)
        {
            Appending = (store, batch) => store.Append([.. batch.Select(append => append with { Settled = [] })]),
        },
    }, "never delivered");

    [Fact]
    public void An_answer_that_leaves_before_its_commit_is_found() => Found(house => house with
    {
        Journal = real => new TamperedStore(real)
        {
            Appending = (store, batch) =>
            {
                _ = store.Append(batch);
                return Task.FromResult<IReadOnlyList<AppendOutcome>>([.. batch.Select(_ => AppendOutcome.Landed)]);
            },
        },
    });

    [Fact]
    public void A_press_that_is_counted_twice_is_found() => FoundIn("device", device => new(device)
    {
        Unchecked = true,
        Deciding = (state, command, at) =>
        {
            var decision = device.Decide(state, command, at);
            if (command is not DeviceCommand.Report report || !decision.Answer.Accepted)
            {
                return decision;
            }

            var known = decision.Events.OfType<DeviceEvent.Said>().Select(said => said.Signal).ToArray();
            var repeats = report.Signals.OfType<DeviceSignal.ButtonPressed>().Where(press => !known.Contains(press));
            return decision with { Events = [.. decision.Events, .. repeats.Select(press => new DeviceEvent.Said(press))] };
        },
    }, "heard twice");

    [Fact]
    public void A_reservation_that_holds_nothing_back_is_found() => FoundIn("stock", stock => new(stock)
    {
        Unchecked = true,
        Evolving = (state, happened) => happened is StockEvent.Reserved ? state : null!,
    }, "are promised");

    [Fact]
    public void Picked_units_that_are_told_to_the_tote_twice_are_found() => FoundIn("station", station => new(station)
    {
        Reacting = (state, happened) => station.React(state, happened)
            .SelectMany(effect => effect.Body is ToteCommand.Put ? [effect, effect] : new[] { effect }).ToArray(),
    }, "put twice");

    [Fact]
    public void A_short_pick_that_is_not_written_off_is_found() => FoundIn("stock", stock => new(stock)
    {
        Deciding = (state, command, at) => command is StockCommand.Short ? Decision.Nothing : stock.Decide(state, command, at),
    }, "balance");

    [Fact]
    public void A_parcel_that_is_handed_over_twice_is_found() => FoundIn("parcel", parcel => new(parcel)
    {
        Unchecked = true,
        Deciding = (state, command, at) => parcel.Decide(state, command, at) is var decision && command is ParcelCommand.HandOver
            ? decision with { Events = [.. decision.Events, .. decision.Events] }
            : decision,
    }, "shipped twice");

    private static void FoundIn(string noun, Func<Noun, TamperedNoun> tamper, string says) =>
        Found(house => house with { Nouns = TamperedNoun.Table(noun, tamper) }, says);

    private static void Found(Func<HouseOptions, HouseOptions> tamper, string says = "")
    {
        for (var seed = 1UL; seed <= Seeds; seed++)
        {
            try
            {
                if (FaultRun.Play(seed, Faults, tamper).Failures.Any(failure => failure.Contains(says, StringComparison.Ordinal)))
                {
                    return;
                }
            }
            catch (JournalGapException)
            {
                // The journal is so broken that the house itself stops.
                return;
            }
        }

        Assert.Fail($"not found within {Seeds} seeds");
    }

    /// <summary>Gives each delivery of an effect a name of its own, as if nobody remembered the earlier one.</summary>
    private sealed class ForgetfulRouter(IRouter real) : IRouter
    {
        private long sent;

        public Task<Answer> Send(StreamId target, Envelope envelope) =>
            real.Send(target, envelope.Effect is null || envelope.Body is Answered || envelope.Effect.Value.From == target
                ? envelope
                : Envelope.From($"{envelope.Id} {++sent}", envelope.Body));
    }
}
