using Warehouse.Domain.Devices;

namespace Warehouse.Devices.Sessions;

/// <summary>Tells of a machine's own link when it changes, and not each time it is said again.</summary>
public sealed class LinkNews
{
    private readonly Lock _gate = new();
    private bool? _last;
    private bool? _told;
    private bool _silent;

    /// <summary>Notes the link's state; true when it came back after it was known to be away.</summary>
    public bool CameBack(bool online)
    {
        lock (_gate)
        {
            var cameBack = online && _last == false;
            _last = online;
            return cameBack;
        }
    }

    /// <summary>The machine has said nothing for too long, whatever its link says.</summary>
    public void FellSilent()
    {
        lock (_gate)
        {
            _silent = true;
        }
    }

    /// <summary>True once after a silence, when the link itself was not away meanwhile.</summary>
    public bool SpokeAgain()
    {
        lock (_gate)
        {
            var was = _silent && _last != false;
            _silent = false;
            return was;
        }
    }

    /// <summary>Reports the state unless it was the last one taken.</summary>
    public async Task Tell(bool online, IFactSink facts)
    {
        lock (_gate)
        {
            if (_told == online)
            {
                return;
            }

            _told = online;
        }

        if (!await facts.Report(new DeviceSignal.LinkChanged(online)))
        {
            lock (_gate)
            {
                _told = null;
            }
        }
    }
}
