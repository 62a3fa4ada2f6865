using System.Diagnostics;
using System.Globalization;
using Warehouse.Simulation.Runs;

namespace Warehouse.Simulation.Tests;

/// <summary>Started as a program of its own, the test assembly plays one seed and prints its digest.</summary>
public static class OtherProcess
{
    public static int Main(string[] arguments)
    {
        Console.Out.Write(FaultRun.Play(ulong.Parse(arguments[0], CultureInfo.InvariantCulture)).Digest);
        return 0;
    }

    public static string DigestOf(ulong seed)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { typeof(OtherProcess).Assembly.Location, seed.ToString(CultureInfo.InvariantCulture) },
            RedirectStandardOutput = true,
        })!;
        var digest = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? digest : throw new InvalidOperationException($"the other process ended with {process.ExitCode}");
    }
}
