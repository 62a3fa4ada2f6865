using Warehouse.OpcUa.Encoding;
using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Server;

/// <summary>Gives each request to its service, and each failure to its client as a fault.</summary>
internal sealed class Dispatcher(OpcUaServer server, SessionTable sessions, TimeProvider clock)
{
    private readonly ViewService _view = new(server.Space, server.Options);
    private readonly AttributeService _attributes = new(server.Space, server.Options);
    private readonly MethodService _methods = new(server.Space, server.Options);
    private readonly SubscriptionService _subscriptions = new(sessions, server.Options);

    public static ResponseHeader Header(RequestHeader request, StatusCode result, DateTime now) =>
        new(now, request.RequestHandle, result, null, [], ExtensionObject.Null);

    public void Take(ServerConnection connection, uint requestId, ReadOnlyMemory<byte> body)
    {
        RequestHeader? header = null;
        try
        {
            var from = new BinaryDecoder(body, server.Options.Limits.Decoding, server.Space.Types);
            var type = from.ReadNodeId();
            if (type.NamespaceIndex != 0 || type.IdType != IdType.Numeric || KnownTypes.ByEncoding(type.Numeric) is not { } known
                || known.ReadBoxed(from) is not IRequest request)
            {
                header = HeaderAlone(body);
                throw new OpcUaException(StatusCodes.BadServiceUnsupported);
            }

            header = request.RequestHeader;
            if (Run(connection, requestId, request) is { } response)
            {
                connection.Answer(requestId, response);
            }
        }
        catch (OpcUaException failure)
        {
            header ??= new RequestHeader(default, DateTime.MinValue, 0, 0, null, 0, ExtensionObject.Null);
            connection.Answer(requestId, new ServiceFault(Header(header, failure.StatusCode, Now)));
        }
    }

    public void Closed(ServerConnection connection) => sessions.Closed(connection);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private object? Run(ServerConnection connection, uint requestId, IRequest request)
    {
        ResponseHeader good = Header(request.RequestHeader, StatusCodes.Good, Now);
        switch (request)
        {
            case GetEndpointsRequest discovery:
                return new GetEndpointsResponse(good, server.Describe(discovery.EndpointUrl));
            case FindServersRequest discovery:
                return new FindServersResponse(good, [server.Application(discovery.EndpointUrl)]);
            case CreateSessionRequest create:
                return sessions.Create(connection, create, good, server.Describe(create.EndpointUrl));
            case ActivateSessionRequest activate:
                return sessions.Activate(connection, activate, good);
        }

        var session = sessions.Of(connection, request.RequestHeader.AuthenticationToken);
        return request switch
        {
            CloseSessionRequest close => sessions.Close(session, close, good),
            CancelRequest => new CancelResponse(good, 0),
            BrowseRequest browse => _view.Browse(session, browse, good),
            BrowseNextRequest next => _view.BrowseNext(session, next, good),
            TranslateBrowsePathsToNodeIdsRequest translate => _view.Translate(translate, good),
            RegisterNodesRequest register => new RegisterNodesResponse(good, register.NodesToRegister),
            UnregisterNodesRequest => new UnregisterNodesResponse(good),
            ReadRequest read => _attributes.Read(session, read, good),
            WriteRequest write => _attributes.Write(session, write, good),
            CallRequest call => _methods.Call(session, call, good),
            PublishRequest publish => session.Publish(connection, requestId, publish),
            _ => _subscriptions.Run(session, request, good) ?? throw new OpcUaException(StatusCodes.BadServiceUnsupported),
        };
    }

    /// <summary>The header of a request that is none of ours: every one begins with it.</summary>
    private static RequestHeader HeaderAlone(ReadOnlyMemory<byte> body)
    {
        var from = new BinaryDecoder(body);
        from.ReadNodeId();
        return Codec<RequestHeader>.Read(from);
    }
}
