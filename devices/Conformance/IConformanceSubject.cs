using Warehouse.Devices.Adapters;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Manifests;
using Warehouse.Domain.Devices;

namespace Warehouse.Devices.Conformance;

/// <summary>An adapter that is to be graded, with a machine for it to speak to and what the kit must know to judge.</summary>
public interface IConformanceSubject
{
    /// <summary>The adapter.</summary>
    IDeviceAdapter Adapter { get; }

    /// <summary>A device of it, as an integrator would write it down.</summary>
    DeviceManifest Manifest { get; }

    /// <summary>A machine that is switched off, on the kit's clock.</summary>
    IMachine NewMachine(TimeProvider clock);

    /// <summary>The command of a number, each another one; null when the device takes none.</summary>
    MachineCommand? Command(int number);

    /// <summary>The name of the machine's fact that a signal tells, as in <see cref="IMachine.Facts"/>; null when it tells none.</summary>
    string? FactOf(DeviceSignal signal);
}

/// <summary>
/// A machine as honest as the real one: it repeats itself where the real one does, recognises repeats where the real
/// one does, and forgets at a power cut what the real one forgets.
/// </summary>
public interface IMachine
{
    /// <summary>Power comes: subscribe on the link and start it. Counters that the real machine keeps in memory begin anew.</summary>
    Task PowerOn(IMqttLink link);

    /// <summary>Power goes: the link is gone, and so is everything that was in memory.</summary>
    void PowerOff();

    /// <summary>Makes the fact of a number happen, as a hand or the floor does; a machine that acts only on commands does nothing.</summary>
    void Act(int number);

    /// <summary>Ids of the commands that it carried out, an entry each time; a repeat that it recognised is none.</summary>
    IReadOnlyList<string> Done { get; }

    /// <summary>Names of the facts that happened at it, in order.</summary>
    IReadOnlyList<string> Facts { get; }

    /// <summary>True while something that was asked of it has still to happen: a cold store does not warm up and cool down within seconds.</summary>
    bool IsBusy => false;
}
