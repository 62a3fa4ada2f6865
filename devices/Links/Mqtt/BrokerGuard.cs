using MQTTnet.Packets;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Warehouse.Devices.Links.Mqtt;

/// <summary>What stands between a client and the broker: who it is, what it may say and hear, and how much of each.</summary>
internal sealed class BrokerGuard(MqttBrokerOptions options, BrokerClients clients, BrokerCounts counts, RetainedTopics retained)
{
    private const int LongestClientId = 128;

    /// <summary>Told of a client that is too slow by the policy's measure.</summary>
    public event Action<string>? TooSlow;

    /// <summary>Takes its place before a server's events.</summary>
    public void Attach(MqttServer server)
    {
        server.ValidatingConnectionAsync += Judge(Connecting);
        server.InterceptingPublishAsync += Judge<InterceptingPublishEventArgs>(Publishing);
        server.InterceptingSubscriptionAsync += Judge<InterceptingSubscriptionEventArgs>(Subscribing);
        server.ClientUnsubscribedTopicAsync += Judge<ClientUnsubscribedTopicEventArgs>(left => clients.Find(left.ClientId)?.Unlisten(left.TopicFilter));
        server.ClientConnectedAsync += Judge<ClientConnectedEventArgs>(came => clients.Came(came.ClientId));
        server.ClientDisconnectedAsync += Judge<ClientDisconnectedEventArgs>(went => clients.Went(went.ClientId));
        server.SessionDeletedAsync += Judge<SessionDeletedEventArgs>(over => clients.Forget(over.Id));
        server.InterceptingOutboundPacketAsync += Judge<InterceptingPacketEventArgs>(Sending);
        server.ClientAcknowledgedPublishPacketAsync += Judge<ClientAcknowledgedPublishPacketEventArgs>(Acknowledged);
        server.QueuedApplicationMessageOverwrittenAsync += Judge<QueueMessageOverwrittenEventArgs>(Overwritten);
    }

    private static Func<ValidatingConnectionEventArgs, Task> Judge(Action<ValidatingConnectionEventArgs> judge) =>
        Judge<ValidatingConnectionEventArgs>(judge);

    private static Func<T, Task> Judge<T>(Action<T> judge) => seen =>
    {
        judge(seen);
        return Task.CompletedTask;
    };

    private void Connecting(ValidatingConnectionEventArgs who)
    {
        var user = options.Users?.Find(who.UserName, who.RawPassword);
        if (options.Users is not null && user is null)
        {
            Refuse(who, MqttConnectReasonCode.BadUserNameOrPassword, "user or password is wrong");
        }
        else if (who.ClientId.Length > LongestClientId || who.ClientId.StartsWith(BrokerClients.AssignedPrefix, StringComparison.Ordinal))
        {
            Refuse(who, MqttConnectReasonCode.ClientIdentifierNotValid, $"a client id has up to {LongestClientId} characters and does not begin with {BrokerClients.AssignedPrefix}");
        }
        else
        {
            var id = who.ClientId.Length > 0 ? who.ClientId : who.AssignedClientIdentifier = clients.Assign();
            if (clients.Claim(id, user?.Name ?? "") is null)
            {
                Refuse(who, MqttConnectReasonCode.ClientIdentifierNotValid, "the client id is another user's");
            }
        }
    }

    private void Refuse(ValidatingConnectionEventArgs who, MqttConnectReasonCode code, string reason)
    {
        (who.ReasonCode, who.ReasonString) = (code, reason);
        counts.Refused();
    }

    private void Publishing(InterceptingPublishEventArgs publish)
    {
        var message = publish.ApplicationMessage;
        if (message.Payload.Length > options.MaxPayloadBytes)
        {
            counts.Oversized();
            publish.CloseConnection = true;
            Refuse(publish, MqttPubAckReasonCode.QuotaExceeded, $"payload over {options.MaxPayloadBytes} bytes");
        }
        else if (!TopicFilter.IsTopic(message.Topic) || message.Topic.StartsWith('$') || !MayWrite(publish.ClientId, message.Topic))
        {
            counts.Denied();
            Refuse(publish, MqttPubAckReasonCode.NotAuthorized, "the user may not publish there");
        }
        else if (message.Retain && !message.Payload.IsEmpty && !retained.HasRoomFor(message.Topic))
        {
            counts.Denied();
            Refuse(publish, MqttPubAckReasonCode.QuotaExceeded, $"over {options.MaxRetained} retained messages");
        }
        else
        {
            counts.Published();
        }
    }

    private static void Refuse(InterceptingPublishEventArgs publish, MqttPubAckReasonCode code, string reason)
    {
        publish.ProcessPublish = false;
        publish.Response.ReasonCode = code;
        publish.Response.ReasonString = reason;
    }

    private void Subscribing(InterceptingSubscriptionEventArgs subscription)
    {
        var filter = subscription.TopicFilter.Topic;
        var (code, reason) = this switch
        {
            _ when !TopicFilter.IsFilter(filter) => (MqttSubscribeReasonCode.TopicFilterInvalid, "no topic filter"),
            _ when !MayRead(subscription.ClientId, filter) => (MqttSubscribeReasonCode.NotAuthorized, "the user may not hear that"),
            _ when clients.Find(subscription.ClientId)?.Listen(filter, options.MaxFilters) != true => (MqttSubscribeReasonCode.QuotaExceeded, $"over {options.MaxFilters} filters"),
            _ => (MqttSubscribeReasonCode.GrantedQoS0, ""),
        };
        if (code != MqttSubscribeReasonCode.GrantedQoS0)
        {
            counts.Denied();
            subscription.ProcessSubscription = false;
            subscription.Response.ReasonCode = code;
            subscription.Response.ReasonString = reason;
        }
    }

    private bool MayWrite(string clientId, string topic) => options.Users is null || UserOf(clientId)?.MayWrite(topic) == true;

    private bool MayRead(string clientId, string filter) =>
        options.Users is null ? !filter.StartsWith('$') : UserOf(clientId)?.MayRead(filter) == true;

    private MqttUser? UserOf(string clientId) => options.Users!.Find(clients.Find(clientId)?.User);

    /// <summary>The library lets a client leave any number unacknowledged; beyond the queue's bound it is cut, whatever the policy.</summary>
    private void Sending(InterceptingPacketEventArgs sending)
    {
        if (sending.Packet is MqttPublishPacket { QualityOfServiceLevel: > MqttQualityOfServiceLevel.AtMostOnce }
            && clients.Find(sending.ClientId)?.Sent() == options.QueuePerClient + 1)
        {
            TooSlow?.Invoke(sending.ClientId);
        }
    }

    private void Acknowledged(ClientAcknowledgedPublishPacketEventArgs acknowledged)
    {
        if (acknowledged.IsCompleted)
        {
            clients.Find(acknowledged.ClientId)?.Acknowledged();
        }
    }

    private void Overwritten(QueueMessageOverwrittenEventArgs shed)
    {
        counts.QueueShed();
        if (options.SlowSubscriber == SlowSubscriber.Disconnect)
        {
            TooSlow?.Invoke(shed.ReceiverClientId);
        }
    }
}
