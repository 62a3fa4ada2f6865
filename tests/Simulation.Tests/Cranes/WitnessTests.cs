using Warehouse.Domain.Cranes;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Totes;
using Warehouse.Simulation.Plant;
using Warehouse.Simulation.Tests.Faults;

namespace Warehouse.Simulation.Tests.Cranes;

/// <summary>A mistake of each kind, put in from outside, is seen by the witness beside the aisle.</summary>
public sealed class WitnessTests
{
    [Fact]
    public void A_job_given_again_under_a_new_name_is_seen() => Found("grabbed at nothing", "crane", crane => new(crane)
    {
        Unchecked = true,
        Reacting = (state, happened) => crane.React(state, happened)
            .SelectMany(effect => effect.Body is DeviceCommand.Enqueue { Command: MachineCommand.RunCraneJob run } enqueue
                ? [effect, effect with { Body = enqueue with { Command = new MachineCommand.RunCraneJob(run.Job with { Id = new(run.Job.Id.Text + "1") }) } }]
                : new[] { effect }).ToArray(),
    }, "store");

    [Fact]
    public void A_load_that_the_book_forgets_is_seen() => Found("stands in", "crane", crane => new(crane)
    {
        Reacting = (state, happened) => crane.React(state, happened).Where(effect => effect.Body is not ToteCommand.Move).ToArray(),
    }, "retrieve");

    [Fact]
    public void A_second_load_for_one_bin_is_seen() => Found("where T2 stands", "crane", crane => new(crane)
    {
        Unchecked = true,
        Evolving = (state, happened) => happened is CraneEvent.Filled ? state : null!,
    }, "store");

    [Fact]
    public void A_step_with_the_forks_out_is_seen()
    {
        var witness = new CraneWitness(new SortedDictionary<Domain.Layout.PlaceId, Lpn>());
        witness.See(new CraneMotion(CraneYard.Aisle, 0, CraneStep.ForkOut, "1", 0, 0, null));
        witness.See(new CraneMotion(CraneYard.Aisle, 1, CraneStep.Loaded, "1", 500, 0, new("T1")));
        Assert.Contains("moved during ForkOut", Assert.Single(witness.Seen), StringComparison.Ordinal);
    }

    [Fact]
    public void A_load_that_comes_onto_loaded_forks_is_seen()
    {
        var witness = new CraneWitness(new SortedDictionary<Domain.Layout.PlaceId, Lpn>());
        witness.See(new CraneMotion(CraneYard.Aisle, 0, CraneStep.Loaded, "1", 0, 0, new("T1")));
        witness.See(new CraneMotion(CraneYard.Aisle, 1, CraneStep.Loaded, "2", 0, 0, new("T2")));
        Assert.Contains("where T1 was", Assert.Single(witness.Seen), StringComparison.Ordinal);
    }

    private static void Found(string says, string noun, Func<Warehouse.Journal.Noun, TamperedNoun> tamper, string work)
    {
        var yard = new CraneYard(house => house with { Nouns = TamperedNoun.Table(noun, tamper) });
        try
        {
            SessionLossTests.Run(yard, work);
        }
        catch (Xunit.Sdk.XunitException)
        {
            // The work's own end may be wrong too; the witness has to say so as well.
        }

        Assert.Contains(yard.Findings(), finding => finding.Contains(says, StringComparison.Ordinal));
    }
}
