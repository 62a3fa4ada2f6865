using System.Net;
using System.Net.Sockets;
using Warehouse.Silo.Settings;

namespace Warehouse.Silo.Hosting;

/// <summary>Finds ports that nobody listens on.</summary>
public static class FreePort
{
    /// <summary>The wanted port or the next free one within the tries; what it is for stands in the message when there is none.</summary>
    public static int From(int wanted, string use, IPAddress address, int tries = 20, params int[] taken)
    {
        for (var port = wanted; port < wanted + tries && port <= IPEndPoint.MaxPort; port++)
        {
            if (!taken.Contains(port) && IsFree(address, port))
            {
                if (port != wanted)
                {
                    Console.WriteLine($"{use}: port {wanted} is taken, using {port}");
                }

                return port;
            }
        }

        throw new SettingException($"{use}: ports {wanted} to {wanted + tries - 1} are all taken");
    }

    private static bool IsFree(IPAddress address, int port)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
