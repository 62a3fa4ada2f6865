using System.Collections.Immutable;
using System.Reflection;
using Warehouse.Devices.PickToLight;
using Warehouse.Devices.Rfid;
using Warehouse.Devices.Sensors.Json;
using Warehouse.Devices.Sensors.Sparkplug;
using Warehouse.Devices.StackerCrane;
using Warehouse.Devices.Vda5050;
using Warehouse.Domain.Devices;

namespace Warehouse.Devices.Adapters;

/// <summary>The adapters that a house has, by kind.</summary>
public sealed class AdapterCatalogue
{
    private readonly ImmutableArray<IDeviceAdapter> _adapters;

    private AdapterCatalogue(ImmutableArray<IDeviceAdapter> adapters) => _adapters = adapters;

    /// <summary>The adapters that ship with the house.</summary>
    public static AdapterCatalogue Shipped { get; } = Of(
        new PickTagAdapter(), new VehicleAdapter(), new CraneAdapter(), new ReaderAdapter(), new SparkplugAdapter(), new JsonSensorAdapter());

    /// <summary>All of them, in the order in which they were added.</summary>
    public ImmutableArray<IDeviceAdapter> All => _adapters;

    /// <summary>Their kinds, for messages.</summary>
    public string Kinds => string.Join(", ", _adapters.Select(adapter => adapter.Kind));

    /// <summary>A catalogue of these.</summary>
    /// <exception cref="ArgumentException">Two serve one kind, or one's prefix does not end with its only dash.</exception>
    public static AdapterCatalogue Of(params ImmutableArray<IDeviceAdapter> adapters)
    {
        var kinds = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var adapter in adapters)
        {
            if (!DeviceKind.IsKind(adapter.Kind.Text) || !kinds.Add(adapter.Kind.Text))
            {
                throw new ArgumentException($"'{adapter.Kind}' of {adapter.GetType().Name} is no kind, or another adapter's", nameof(adapters));
            }

            if (adapter.Prefix.Length < 2 || adapter.Prefix.IndexOf('-', StringComparison.Ordinal) != adapter.Prefix.Length - 1)
            {
                throw new ArgumentException($"the prefix '{adapter.Prefix}' of {adapter.Kind} has to end with its only dash", nameof(adapters));
            }
        }

        return new AdapterCatalogue(adapters);
    }

    /// <summary>With the adapters of an assembly: every public one with a constructor without parameters.</summary>
    /// <exception cref="ArgumentException">It has none, or one of a kind that is here already.</exception>
    public AdapterCatalogue With(Assembly assembly)
    {
        IDeviceAdapter[] found =
        [
            .. assembly.GetExportedTypes()
                .Where(type => type.IsAssignableTo(typeof(IDeviceAdapter)) && !type.IsAbstract && type.GetConstructor([]) is not null)
                .OrderBy(type => type.FullName, StringComparer.Ordinal)
                .Select(type => (IDeviceAdapter)Activator.CreateInstance(type)!),
        ];
        return found.Length > 0
            ? Of([.. _adapters, .. found])
            : throw new ArgumentException($"{assembly.GetName().Name} has no public {nameof(IDeviceAdapter)}", nameof(assembly));
    }

    /// <summary>The adapter of a kind; null when there is none.</summary>
    public IDeviceAdapter? Find(DeviceKind kind) => _adapters.FirstOrDefault(adapter => adapter.Kind == kind);
}
