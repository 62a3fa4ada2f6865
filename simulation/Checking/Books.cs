using Warehouse.Domain.Deciding;

namespace Warehouse.Simulation.Checking;

/// <summary>One book a stream: millions of events find theirs by its name, and whoever lists them gets them in the order of their streams.</summary>
/// <param name="open">Opens the book of a stream that is heard of for the first time.</param>
internal sealed class Books<TBook>(Func<StreamId, TBook> open) where TBook : class
{
    private readonly Dictionary<StreamId, TBook> books = [];

    /// <summary>All books, by stream.</summary>
    public IEnumerable<KeyValuePair<StreamId, TBook>> ByStream => books.OrderBy(one => one.Key);

    /// <summary>All books in the order of their streams.</summary>
    public IEnumerable<TBook> InOrder => ByStream.Select(one => one.Value);

    /// <summary>The book of a stream, opened now if there is none yet.</summary>
    public TBook Of(StreamId stream)
    {
        if (!books.TryGetValue(stream, out var book))
        {
            books.Add(stream, book = open(stream));
        }

        return book;
    }

    /// <summary>The book of a stream; null when nothing was heard of it.</summary>
    public TBook? Find(StreamId stream) => books.GetValueOrDefault(stream);

    /// <summary>Whether all books are so; asked every minute of a day, in no order.</summary>
    public bool All(Func<TBook, bool> so) => books.Values.All(so);
}
