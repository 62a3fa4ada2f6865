using System.Collections.Concurrent;
using System.Collections.Immutable;
using Warehouse.Contracts;
using Warehouse.Devices.Manifests;
using Warehouse.Devices.Sessions;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;

namespace Warehouse.Silo.Devices;

/// <summary>A manifest that is not used, and why.</summary>
public sealed record RefusedManifest(string File, string Key, string Rule);

/// <summary>
/// The folder of manifests, watched while the house runs: a file that comes or changes is a device that comes or changes.
/// A wrong one is refused by file, key and rule, and the others go on; a device that ran by it before goes on as it was. The
/// machines of the floor plan have manifests without a file; a file of their id stands for them until it goes.
/// </summary>
public sealed partial class DeviceFolder(
    string folder, ImmutableArray<DeviceManifest> plan, SessionHost sessions, IGrainFactory grains, ILogger log) : IDisposable
{
    private readonly ManifestFile _reader = new(sessions.Adapters);
    private readonly ConcurrentDictionary<string, RefusedManifest> _refused = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DeviceId> _files = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private FileSystemWatcher? _watcher;
    private long _registrations = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    /// <summary>What was refused, by file.</summary>
    public IEnumerable<RefusedManifest> Refused => _refused.Values.OrderBy(one => one.File, StringComparer.Ordinal);

    /// <summary>Reads every file and begins to watch.</summary>
    public async Task Start()
    {
        Directory.CreateDirectory(folder);
        _watcher = new FileSystemWatcher(folder, "*.json") { NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size };
        _watcher.Changed += (_, change) => _ = Look(change.Name!);
        _watcher.Created += (_, change) => _ = Look(change.Name!);
        _watcher.Deleted += (_, change) => _ = Look(change.Name!);
        _watcher.Renamed += (_, change) => _ = Task.WhenAll(Look(change.OldName!), Look(change.Name!));
        _watcher.EnableRaisingEvents = true;
        foreach (var file in Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).Take(ManifestFolder.MaxFiles))
        {
            await Look(Path.GetFileName(file));
        }
    }

    /// <summary>Looks no more.</summary>
    public Task Stop()
    {
        _watcher?.Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _watcher?.Dispose();
        _turn.Dispose();
    }

    /// <summary>
    /// Writes a device's manifest into its file and runs the device by it. A wrong one throws <see cref="ManifestException"/>
    /// with the file that it would have been, and changes nothing.
    /// </summary>
    public async Task<DeviceManifest> Put(DeviceId device, ReadOnlyMemory<byte> json)
    {
        await _turn.WaitAsync();
        try
        {
            var name = _files.FirstOrDefault(file => file.Value == device).Key ?? NameOf(device);
            var manifest = _reader.Parse(name, json);
            if (manifest.Id != device)
            {
                throw new ManifestException(name, "id", $"the address says {device}");
            }

            await Admit(name, manifest);
            var path = Path.Combine(folder, name);
            await File.WriteAllTextAsync(path + ".new", ManifestJson.TextOf(manifest));
            File.Move(path + ".new", path, overwrite: true);
            await Run(name, manifest);
            return manifest;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Deletes a device's file and ends its session, or runs it as the floor plan has it; false when it has no file.</summary>
    public async Task<bool> Delete(DeviceId device)
    {
        await _turn.WaitAsync();
        try
        {
            var name = _files.FirstOrDefault(file => file.Value == device).Key ?? NameOf(device);
            var path = Path.Combine(folder, name);
            var known = File.Exists(path);
            File.Delete(path);
            await Gone(name);
            return known;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The file that is written for a device: its id with a comma for the slash, which no id has.</summary>
    private static string NameOf(DeviceId device) => device.Text.Replace('/', ',') + ".json";

    private async Task Look(string name)
    {
        await _turn.WaitAsync();
        try
        {
            var path = Path.Combine(folder, name);
            if (!File.Exists(path))
            {
                _refused.TryRemove(name, out _);
                await Gone(name);
                return;
            }

            var manifest = _reader.Parse(name, new FileInfo(path).Length > ManifestFile.MaxBytes
                ? throw new ManifestException(name, "(file)", $"at most {ManifestFile.MaxBytes} bytes")
                : await File.ReadAllBytesAsync(path));
            await Admit(name, manifest);
            await Run(name, manifest);
        }
        catch (ManifestException wrong)
        {
            _refused[name] = new RefusedManifest(wrong.File, wrong.Key, wrong.Rule);
            LogRefused(wrong.Message);
        }
        catch (IOException unreadable)
        {
            // Somebody is still writing; the watcher tells again when that ends.
            LogRefused($"{name}: {unreadable.Message}");
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Sees that no other file has the device and that its stream takes it as that; throws <see cref="ManifestException"/>.</summary>
    private async Task Admit(string name, DeviceManifest manifest)
    {
        if (_files.FirstOrDefault(file => file.Value == manifest.Id).Key is { } other && other != name)
        {
            throw new ManifestException(name, "id", $"each device once, and {manifest.Id} is in {other} too");
        }

        var owner = sessions.Adapters.Find(manifest.Kind)!.OwnerOf(manifest);
        var answer = await grains.GetGrain<IDeviceGrain>(manifest.Id.Text).Execute(Envelope.From(
            $"manifest/{++_registrations}", new DeviceCommand.Register(manifest.Id, manifest.Kind, owner)));
        if (!answer.Accepted)
        {
            throw new ManifestException(name, "id", answer.Reason ?? "refused");
        }
    }

    private async Task Run(string name, DeviceManifest manifest)
    {
        if (_files.TryGetValue(name, out var former) && former != manifest.Id)
        {
            await Gone(name);
        }

        _refused.TryRemove(name, out _);
        _files[name] = manifest.Id;
        await sessions.Put(manifest);
        LogRuns(manifest.Id.Text, manifest.Kind.Text, name);
    }

    private async Task Gone(string name)
    {
        if (_files.Remove(name, out var device))
        {
            if (plan.FirstOrDefault(one => one.Id == device) is { } planned)
            {
                await sessions.Put(planned);
            }
            else
            {
                await sessions.Remove(device);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "device {Device} runs as {Kind} by {File}")]
    private partial void LogRuns(string device, string kind, string file);

    [LoggerMessage(LogLevel.Warning, "manifest refused: {Problem}")]
    private partial void LogRefused(string problem);
}
