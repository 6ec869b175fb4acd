namespace MedTune.Tests.Graphs.Files;

/// <summary>
/// A token cancelled after a time by a thread of its own: on a machine whose thread pool is busy with other tests, a timer of the pool may come
/// seconds too late.
/// </summary>
internal sealed class StopAfter : IDisposable
{
    private static readonly Lock Gate = new();
    private static readonly List<StopAfter> Waiting = [];
    private static Thread? _watch;
    private readonly CancellationTokenSource _source = new();
    private readonly long _due;

    public StopAfter(TimeSpan time)
    {
        _due = Environment.TickCount64 + (long)time.TotalMilliseconds;
        lock (Gate)
        {
            Waiting.Add(this);
            if (_watch is null)
            {
                _watch = new Thread(Watch) { IsBackground = true };
                _watch.Start();
            }
        }
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        lock (Gate)
        {
            Waiting.Remove(this);
            _source.Dispose();
        }
    }

    private static void Watch()
    {
        while (true)
        {
            Thread.Sleep(5);
            lock (Gate)
            {
                foreach (var late in Waiting.Where(stop => stop._due <= Environment.TickCount64).ToArray())
                {
                    late._source.Cancel();
                    Waiting.Remove(late);
                }
            }
        }
    }
}
