using System.Runtime.InteropServices;

namespace MedTune.Tensors;

/// <summary>
/// Keeps a thread that is being woken off the core of the thread that wakes it. Linux often queues the two on one core after a pause and leaves them there for
/// tens of milliseconds while another core idles, so that a short run takes twice as long. On other systems nothing is done.
/// </summary>
internal sealed unsafe partial class ThreadPlacement
{
    /// <summary>Words of a mask of cores: 1024 cores, what the system's own type holds.</summary>
    private const int Words = 16;

    private readonly int _thread;
    private readonly ulong[] _allowed = new ulong[Words];
    private bool _isMoved;

    private ThreadPlacement(int thread) => _thread = thread;

    /// <summary>The calling thread's placement; null where nothing can or need be done.</summary>
    public static ThreadPlacement? OfThisThread()
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        try
        {
            ulong[] allowed = new ulong[Words];
            fixed (ulong* mask = allowed)
            {
                // All four functions are called once here, so that none is looked up, which allocates, in the middle of a run.
                bool isKnown = GetAffinity(0, Words * sizeof(ulong), mask) >= 0 && GetCore() >= 0 && SetAffinity(0, Words * sizeof(ulong), mask) == 0;
                return isKnown && allowed.Sum(word => (int)ulong.PopCount(word)) > 1 ? new ThreadPlacement(GetThread()) : null;
            }
        }
        catch (EntryPointNotFoundException)
        {
            // An old C library: the system's own choice stays.
            return null;
        }
        catch (DllNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Before the thread is woken, by the thread that wakes it: any core but the caller's.</summary>
    public void Avoid()
    {
        int core = GetCore();
        if (core < 0 || core >= Words * 64)
        {
            return;
        }

        // Asked for anew each time: a person may have given the process other cores meanwhile.
        fixed (ulong* allowed = _allowed)
        {
            new Span<ulong>(_allowed).Clear();
            if (GetAffinity(_thread, Words * sizeof(ulong), allowed) < 0)
            {
                return;
            }

            ulong* mask = stackalloc ulong[Words];
            _allowed.CopyTo(new Span<ulong>(mask, Words));
            mask[core / 64] &= ~(1UL << (core % 64));
            _isMoved = new Span<ulong>(mask, Words).ContainsAnyExcept(0UL) && SetAffinity(_thread, Words * sizeof(ulong), mask) == 0;
        }
    }

    /// <summary>Once it runs, by the thread itself: all cores again, so that the system may move it.</summary>
    public void Release()
    {
        if (!_isMoved)
        {
            return;
        }

        _isMoved = false;
        fixed (ulong* mask = _allowed)
        {
            _ = SetAffinity(0, Words * sizeof(ulong), mask);
        }
    }

    [LibraryImport("libc", EntryPoint = "sched_getcpu")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetCore();

    [LibraryImport("libc", EntryPoint = "gettid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetThread();

    [LibraryImport("libc", EntryPoint = "sched_getaffinity")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetAffinity(int thread, nuint size, ulong* mask);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetAffinity(int thread, nuint size, ulong* mask);
}
