using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Client;

/// <summary>
/// Keeps Publish requests waiting at the server, tells what comes in order, acknowledges it, and has again what is missing
/// (Part 4, 5.14.1.2 and 5.14.5 to 5.14.7).
/// </summary>
internal sealed class Publisher(OpcUaClient client, int requests) : IDisposable
{
    /// <summary>Missing messages that are asked for one by one; a wider gap is lost.</summary>
    private const int WidestGap = 1000;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _telling = new(1);
    private readonly List<ClientSubscription> _subscriptions = [];
    private readonly List<SubscriptionAcknowledgement> _acknowledgements = [];
    private int _waiting;
    private int _generation;
    private bool _stopped;

    public void Add(ClientSubscription subscription)
    {
        lock (_gate)
        {
            _subscriptions.Add(subscription);
        }

        Fill();
    }

    public void Start()
    {
        lock (_gate)
        {
            _generation++;
            _waiting = 0;
        }

        Fill();
    }

    /// <summary>Asks no more; what is being told is told to its end.</summary>
    public void Dispose() => _stopped = true;

    public async Task Create(ClientSubscription subscription, CancellationToken cancellation)
    {
        var options = subscription.Options;
        var created = await client.Request<CreateSubscriptionResponse>(
            new CreateSubscriptionRequest(
                client.Session.Header(), options.PublishingIntervalMilliseconds, options.LifetimeCount, options.KeepAliveCount,
                options.MaxNotificationsPerPublish, true, options.Priority),
            cancellation);
        subscription.SubscriptionId = created.SubscriptionId;
        subscription.LastSequenceNumber = 0;
    }

    public Task<MonitoredItemCreateResult[]> Monitor(
        ClientSubscription subscription, IReadOnlyList<MonitoredItemCreateRequest> items, CancellationToken cancellation) =>
        client.InParts(items, async part => (await client.Request<CreateMonitoredItemsResponse>(
            new CreateMonitoredItemsRequest(client.Session.Header(), subscription.SubscriptionId, TimestampsToReturn.Both, part), cancellation)).Results);

    /// <summary>Tells what the server has kept while there was no connection: first the old, then what is new.</summary>
    public async Task CatchUp(IReadOnlyDictionary<uint, uint[]>? transferred, CancellationToken cancellation)
    {
        foreach (var subscription in All())
        {
            subscription.IsForgotten = false;
            var from = ClientSubscription.Next(subscription.LastSequenceNumber);
            var known = transferred?.GetValueOrDefault(subscription.SubscriptionId);
            await _telling.WaitAsync(cancellation);
            try
            {
                if (known is not null)
                {
                    foreach (var number in known.Where(number => !subscription.IsOld(number)))
                    {
                        await Republish(subscription, number, cancellation);
                    }
                }
                else
                {
                    for (var number = from; await Republish(subscription, number, cancellation); number = ClientSubscription.Next(number))
                    {
                    }
                }
            }
            finally
            {
                _telling.Release();
            }

            if (subscription.IsForgotten)
            {
                await Recreate(subscription, cancellation);
            }
        }
    }

    public async Task TransferOrRecreate(CancellationToken cancellation)
    {
        var subscriptions = All();
        if (subscriptions.Count == 0)
        {
            return;
        }

        var kept = new Dictionary<uint, uint[]>();
        try
        {
            var results = (await client.Request<TransferSubscriptionsResponse>(
                new TransferSubscriptionsRequest(client.Session.Header(), [.. subscriptions.Select(one => one.SubscriptionId)], true), cancellation)).Results;
            foreach (var (subscription, result) in subscriptions.Zip(results))
            {
                if (!result.StatusCode.IsBad)
                {
                    kept[subscription.SubscriptionId] = result.AvailableSequenceNumbers;
                }
            }
        }
        catch (OpcUaException refused) when (refused.StatusCode == StatusCodes.BadServiceUnsupported)
        {
            // Then they are made anew below.
        }

        foreach (var subscription in subscriptions.Where(one => !kept.ContainsKey(one.SubscriptionId)))
        {
            await Recreate(subscription, cancellation);
            kept[subscription.SubscriptionId] = [];
        }

        await CatchUp(kept, cancellation);
    }

    /// <summary>Makes a subscription anew that the server has forgotten; the present values are told.</summary>
    private async Task Recreate(ClientSubscription subscription, CancellationToken cancellation)
    {
        await Create(subscription, cancellation);
        if (subscription.Items is { Count: > 0 } items)
        {
            await Monitor(subscription, [.. items.Select(item => item.Value.ToRequest(item.Key))], cancellation);
        }
    }

    private List<ClientSubscription> All()
    {
        lock (_gate)
        {
            return [.. _subscriptions];
        }
    }

    private void Fill()
    {
        int missing, generation;
        lock (_gate)
        {
            missing = _stopped || _subscriptions.Count == 0 ? 0 : requests - _waiting;
            generation = _generation;
            _waiting += Math.Max(0, missing);
        }

        for (var i = 0; i < missing; i++)
        {
            _ = Publish(generation);
        }
    }

    private async Task Publish(int generation)
    {
        SubscriptionAcknowledgement[] acknowledgements;
        lock (_gate)
        {
            acknowledgements = [.. _acknowledgements];
            _acknowledgements.Clear();
        }

        try
        {
            await client.Session.Channel.Post(
                new PublishRequest(client.Session.Header(TimeSpan.Zero), acknowledgements), (answer, failure) => Answered(generation, answer, failure),
                CancellationToken.None);
        }
        catch (OpcUaException)
        {
            // The channel is broken: Start begins again on the next one.
        }
    }

    private void Answered(int generation, object? answer, Exception? failure)
    {
        lock (_gate)
        {
            if (generation != _generation)
            {
                return;
            }

            _waiting--;
        }

        if (answer is PublishResponse { ResponseHeader.ServiceResult.IsBad: false } published)
        {
            // Queued in order of arrival: waiting for the turn is entered here, on the receiving loop, and done elsewhere.
            _ = Tell(_telling.WaitAsync(), published);
            Fill();
        }
        else if (failure is null && answer is IResponse { ResponseHeader.ServiceResult: var forgotten } && forgotten == StatusCodes.BadNoSubscription && All().Count > 0)
        {
            // The server dropped what we watch: reconnecting makes it anew.
            client.Cut();
        }
        else if (failure is null && answer is IResponse { ResponseHeader.ServiceResult: var status } && status != StatusCodes.BadTooManyPublishRequests
            && status != StatusCodes.BadNoSubscription && status != StatusCodes.BadSessionClosed && status != StatusCodes.BadSessionIdInvalid
            && status != StatusCodes.BadServiceUnsupported)
        {
            Fill();
        }
    }

    private async Task Tell(Task turn, PublishResponse published)
    {
        await turn;
        try
        {
            var subscription = All().Find(one => one.SubscriptionId == published.SubscriptionId);
            if (subscription is null)
            {
                return;
            }

            var message = published.NotificationMessage;
            await FillGap(subscription, message, published.AvailableSequenceNumbers);
            if (message.NotificationData.Length == 0 || subscription.IsOld(message.SequenceNumber))
            {
                return;
            }

            Take(subscription, message);
        }
        catch (OpcUaException)
        {
            // The connection broke in between: catching up after the reconnect finds what is missing.
        }
        finally
        {
            _telling.Release();
        }
    }

    /// <summary>Asks again for the numbers between the last one told and this one; a keep-alive carries the next one's number.</summary>
    private async Task FillGap(ClientSubscription subscription, NotificationMessage message, uint[] available)
    {
        if (subscription.LastSequenceNumber == 0)
        {
            return;
        }

        var gap = unchecked(message.SequenceNumber - subscription.LastSequenceNumber - 1);
        if (gap == 0 || gap > int.MaxValue)
        {
            return;
        }

        for (var number = ClientSubscription.Next(subscription.LastSequenceNumber); number != message.SequenceNumber && gap <= WidestGap; number = ClientSubscription.Next(number))
        {
            if (!available.Contains(number) || !await Republish(subscription, number, CancellationToken.None))
            {
                subscription.CountLost(1);
            }
        }

        subscription.CountLost(gap > WidestGap ? gap : 0);
    }

    private async Task<bool> Republish(ClientSubscription subscription, uint number, CancellationToken cancellation)
    {
        try
        {
            var again = await client.Request<RepublishResponse>(
                new RepublishRequest(client.Session.Header(), subscription.SubscriptionId, number), cancellation);
            subscription.CountRepublished();
            Take(subscription, again.NotificationMessage);
            return true;
        }
        catch (OpcUaException gone) when (gone.StatusCode == StatusCodes.BadMessageNotAvailable || gone.StatusCode == StatusCodes.BadSubscriptionIdInvalid)
        {
            subscription.IsForgotten = gone.StatusCode == StatusCodes.BadSubscriptionIdInvalid;
            return false;
        }
    }

    private void Take(ClientSubscription subscription, NotificationMessage message)
    {
        subscription.LastSequenceNumber = message.SequenceNumber;
        lock (_gate)
        {
            _acknowledgements.Add(new(subscription.SubscriptionId, message.SequenceNumber));
        }

        subscription.Tell(message);
    }
}
