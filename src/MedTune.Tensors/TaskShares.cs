namespace MedTune.Tensors;

/// <summary>
/// Numbered tasks dealt out in equal shares, one a thread. A thread takes its own share from the front, so that from one run to the next it meets the memory it met
/// before, and then what is left of the others' from the back, so that a slow core gets fewer.
/// </summary>
internal sealed class TaskShares
{
    /// <summary>Places from one share to the next: two lines of memory, so that cores do not take lines from each other.</summary>
    private const int Step = 16;

    private const long One = 1;

    private readonly int _threads;

    /// <summary>For every thread its next task and, in the upper half, the one after its last.</summary>
    private readonly long[] _shares;

    public TaskShares(int threads)
    {
        _threads = threads;
        _shares = new long[(threads + 1) * Step];
    }

    /// <summary>Deals out tasks 0 to <paramref name="count"/> - 1; lower threads get lower numbers. All shares must be empty.</summary>
    public void Deal(int count)
    {
        for (int thread = 0; thread < _threads; thread++)
        {
            Volatile.Write(ref Of(thread), (Start(count, thread + 1) << 32) | Start(count, thread));
        }
    }

    /// <summary>Whether a thread's own share is used up.</summary>
    public bool IsEmpty(int thread)
    {
        long share = Volatile.Read(ref Of(thread));
        return Next(share) >= End(share);
    }

    /// <summary>Takes a task for a thread; false when no share has one left.</summary>
    public bool TryTake(int thread, out int task)
    {
        if (TryTake(ref Of(thread), isOwn: true, out task))
        {
            return true;
        }

        for (int other = 1; other < _threads; other++)
        {
            if (TryTake(ref Of((thread + other) % _threads), isOwn: false, out task))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryTake(ref long share, bool isOwn, out int task)
    {
        long seen = Volatile.Read(ref share);
        while (Next(seen) < End(seen))
        {
            task = isOwn ? Next(seen) : End(seen) - 1;
            long now = Interlocked.CompareExchange(ref share, isOwn ? seen + One : seen - (One << 32), seen);
            if (now == seen)
            {
                return true;
            }

            seen = now;
        }

        task = -1;
        return false;
    }

    private static int Next(long share) => (int)share;

    private static int End(long share) => (int)(share >> 32);

    /// <summary>Rounded up, so that where tasks do not divide evenly the caller, who starts first, has more.</summary>
    private long Start(int count, int thread) => (((long)count * thread) + _threads - 1) / _threads;

    private ref long Of(int thread) => ref _shares[(thread + 1) * Step];
}
