using System.Net;
using System.Threading.Channels;
using Warehouse.OpcUa.Server;
using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace Warehouse.Devices.Links.OpcUa.Stack;

/// <summary>
/// One OPC UA server on the stack in <c>opcua/</c> with an object for each of its machines. It listens from the start of
/// the first machine to the stop of the last. What machines tell is applied by one loop, in order: a machine may tell from
/// inside its own locks.
/// </summary>
public sealed class OpcUaMachineHost : IAsyncDisposable
{
    /// <summary>Tellings that wait to be applied; more mean that the loop has died.</summary>
    private const int MostWaiting = 100_000;

    private const string JobControlNodes = "Isa95JobControl.NodeSet2.xml";

    private readonly Lock _gate = new();
    private readonly OpcUaHostOptions _options;
    private readonly OpcUaApplication _application;
    private readonly TimeProvider _clock;
    private readonly NodeId _folder;
    private readonly Channel<Action> _told = Channel.CreateBounded<Action>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly HashSet<ServedMachine> _serving = [];
    private readonly Task _telling;
    private OpcUaServer? _server;
    private IPEndPoint _listen;
    private bool _knowsJobs;

    /// <summary>A server without machines that does not listen yet.</summary>
    public OpcUaMachineHost(OpcUaHostOptions options, OpcUaApplication application, TimeProvider clock)
    {
        (_options, _application, _clock, _listen) = (options, application, clock, options.Listen);
        Space = new AddressSpace(application.Uri, clock);
        _folder = Space.AddObject(Ids.ObjectsFolder, new NodeId(1, options.Folder), new(1, options.Folder), Ids.FolderType, Ids.Organizes).NodeId;
        _telling = Tell();
    }

    /// <summary>Where clients find it; the port is known once a machine has started.</summary>
    public string EndpointUrl => $"opc.tcp://{_options.HostName}:{_listen.Port}";

    internal AddressSpace Space { get; }

    internal TimeProvider Clock => _clock;

    /// <summary>Adds a machine; before the first one starts.</summary>
    public IOpcUaServer Add(string name, MachineModel model)
    {
        lock (_gate)
        {
            if (_server is not null)
            {
                throw new InvalidOperationException($"{name} comes after the server has started");
            }

            if (!model.JobMethods.IsEmpty && !_knowsJobs)
            {
                _knowsJobs = true;
                using var nodes = typeof(OpcUaMachineHost).Assembly.GetManifestResourceStream(JobControlNodes)
                    ?? throw new InvalidOperationException($"{JobControlNodes} is not in the assembly");
                NodeSetFile.Load(Space, nodes);
            }

            return new ServedMachine(this, name, model, _folder);
        }
    }

    /// <summary>Where its machines' objects are, for a client's <see cref="OpcUaLinkOptions.Machine"/>.</summary>
    public string PathOf(string name) => $"{_options.Folder}/{name}";

    /// <summary>Breaks every connection without a word, as a pulled cable does.</summary>
    public void CutConnections() => _server?.CutConnections();

    /// <summary>Forgets every session, as a restart does.</summary>
    public void ForgetSessions() => _server?.ForgetSessions();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _told.Writer.TryComplete();
        await _telling;
        if (_server is { } server)
        {
            await server.DisposeAsync();
        }
    }

    internal void Tell(Action what) => _told.Writer.TryWrite(what);

    internal void Serve(ServedMachine machine)
    {
        lock (_gate)
        {
            _serving.Add(machine);
            if (_server is not null)
            {
                return;
            }

            _server = new OpcUaServer(
                new ServerOptions
                {
                    Listen = _listen, HostName = _options.HostName, ApplicationUri = _application.Uri, ApplicationName = _application.Name,
                    Certificate = _application.Certificate, TrustList = _application.Trust, Endpoints = _options.Endpoints, AllowAnonymous = true,
                    MayChange = session => _options.AnyoneMayChange || session.Mode != MessageSecurityMode.None,
                },
                Space, _clock);
            _server.Start();
            _listen = new IPEndPoint(_listen.Address, new Uri(_server.EndpointUrl).Port);
        }
    }

    internal async Task Leave(ServedMachine machine)
    {
        OpcUaServer? last = null;
        lock (_gate)
        {
            if (_serving.Remove(machine) && _serving.Count == 0)
            {
                (last, _server) = (_server, null);
            }
        }

        if (last is not null)
        {
            await last.DisposeAsync();
        }
    }

    private async Task Tell()
    {
        while (await _told.Reader.WaitToReadAsync())
        {
            while (_told.Reader.TryRead(out var what))
            {
                what();
            }
        }
    }
}
