using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace MedTune.Tensors;

/// <summary>A fixed set of threads that share out numbered tasks.</summary>
/// <remarks>
/// Tasks should take 5 to 100 microseconds each. Every thread has a share of them, in order of their numbers, and takes from others' when its own is done, so a slow
/// core gets fewer. The caller works too. Which thread runs a task must not change its result, so results never depend on <see cref="Threads"/>. Running allocates nothing
/// once a state type has been seen.
/// </remarks>
public sealed class TaskPool : IDisposable
{
    /// <summary>Rounds of spinning before a thread parks: several times what waking a parked one costs, so that threads stay awake between the steps of a plan.</summary>
    private const int SpinRounds = 6000;

    private readonly Thread[] _workers;
    private readonly TaskShares _shares;
    private readonly object _workGate = new();
    private readonly object _doneGate = new();
    private readonly List<Job> _jobs = [];

    /// <summary>Threads that sleep, and so are to be woken on another core than the caller's; null where the system is left to choose.</summary>
    private readonly List<ThreadPlacement?> _sleepers;
    private Job? _job;
    private LonelyNumber _unfinished;
    private int _parked;
    private int _callerParked;
    private int _busy;
    private bool _disposed;
    private Exception? _failure;
    private int _failedTask;

    /// <summary>Starts <paramref name="threads"/> - 1 background threads; the caller of <see cref="Run"/> is the last one.</summary>
    /// <param name="threads">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public TaskPool(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        _workers = new Thread[threads - 1];
        _shares = new TaskShares(threads);
        _sleepers = new List<ThreadPlacement?>(threads);
        for (int i = 0; i < _workers.Length; i++)
        {
            int number = i + 1;
            _workers[i] = new Thread(() => Work(number)) { IsBackground = true, Name = "MedTune task pool" };
            _workers[i].Start();
        }
    }

    /// <summary>The pool that runs everything on the caller's thread. It may be shared, and disposing it does nothing.</summary>
    public static TaskPool Sequential { get; } = new(1);

    /// <summary>Number of threads that work, the caller included.</summary>
    public int Threads => _workers.Length + 1;

    /// <summary>Runs <c>task(state, i)</c> for every i from 0 to <paramref name="count"/> - 1, each exactly once, and returns when all are done.</summary>
    /// <param name="count">Number of tasks; nothing happens for 0.</param>
    /// <param name="state">Handed to every task.</param>
    /// <param name="task">What to do; give a static lambda to avoid allocations.</param>
    /// <remarks>
    /// When tasks throw, the exception of the lowest-numbered one reaches the caller, and later tasks that were not begun are left out. A run inside a task of
    /// the same pool, or while another thread runs one, is done on the caller's thread.
    /// </remarks>
    /// <exception cref="ObjectDisposedException">The pool was disposed.</exception>
    public void Run<TState>(int count, TState state, Action<TState, int> task)
    {
        ArgumentNullException.ThrowIfNull(task);
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (count <= 1 || _workers.Length == 0 || Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
        {
            for (int i = 0; i < count; i++)
            {
                task(state, i);
            }

            return;
        }

        JobOf<TState> job = JobFor<TState>();
        job.Set(state, task);
        try
        {
            Share(job, count);
        }
        finally
        {
            job.Clear();
            Volatile.Write(ref _busy, 0);
        }
    }

    /// <summary>Ends the threads; the pool cannot run anything after.</summary>
    public void Dispose()
    {
        if (_workers.Length == 0 || _disposed)
        {
            return;
        }

        lock (_workGate)
        {
            _disposed = true;
            Monitor.PulseAll(_workGate);
        }

        foreach (Thread worker in _workers)
        {
            worker.Join();
        }
    }

    private void Share(Job job, int count)
    {
        _job = job;
        _failure = null;
        _failedTask = int.MaxValue;
        Volatile.Write(ref _unfinished.Value, count);
        _shares.Deal(count);

        // A full fence between publishing the work and looking for parked workers, which do the same in the other order.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _parked) > 0)
        {
            lock (_workGate)
            {
                foreach (ThreadPlacement? sleeper in _sleepers)
                {
                    sleeper?.Avoid();
                }

                Monitor.PulseAll(_workGate);
            }
        }

        WorkOff(0);
        WaitUntilFinished();
        if (_failure is { } failure)
        {
            _failure = null;
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    private JobOf<TState> JobFor<TState>()
    {
        foreach (Job job in _jobs)
        {
            if (job is JobOf<TState> known)
            {
                return known;
            }
        }

        var added = new JobOf<TState>();
        _jobs.Add(added);
        return added;
    }

    private void Work(int thread)
    {
        ThreadPlacement? placement = ThreadPlacement.OfThisThread();
        while (true)
        {
            WorkOff(thread);
            for (int round = 0; round < SpinRounds && _shares.IsEmpty(thread); round++)
            {
                Thread.SpinWait(1);
            }

            if (_shares.IsEmpty(thread) && !Park(thread, placement))
            {
                return;
            }
        }
    }

    /// <summary>Sleeps until there is work; false when the pool is disposed.</summary>
    private bool Park(int thread, ThreadPlacement? placement)
    {
        bool goesOn;
        lock (_workGate)
        {
            Interlocked.Increment(ref _parked);
            _sleepers.Add(placement);
            while (_shares.IsEmpty(thread) && !_disposed)
            {
                Monitor.Wait(_workGate);
            }

            Interlocked.Decrement(ref _parked);
            _sleepers.Remove(placement);
            goesOn = !_disposed;
        }

        placement?.Release();
        return goesOn;
    }

    /// <summary>Takes and runs tasks until none is left.</summary>
    private void WorkOff(int thread)
    {
        int finished = 0;
        while (_shares.TryTake(thread, out int index))
        {
            // A task taken and not yet reported as finished keeps the run from ending, so the job belongs to it.
            try
            {
                if (index < Volatile.Read(ref _failedTask))
                {
                    _job!.Execute(index);
                }
            }
#pragma warning disable CA1031 // It reaches the caller of Run.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Fail(exception, index);
            }

            finished++;
        }

        if (finished > 0)
        {
            Finish(finished);
        }
    }

    private void Fail(Exception exception, int index)
    {
        lock (_doneGate)
        {
            if (index < _failedTask)
            {
                _failure = exception;
                Volatile.Write(ref _failedTask, index);
            }
        }
    }

    private void Finish(int tasks)
    {
        if (Interlocked.Add(ref _unfinished.Value, -tasks) == 0 && Volatile.Read(ref _callerParked) != 0)
        {
            lock (_doneGate)
            {
                Monitor.PulseAll(_doneGate);
            }
        }
    }

    private void WaitUntilFinished()
    {
        for (int round = 0; round < SpinRounds && Volatile.Read(ref _unfinished.Value) != 0; round++)
        {
            Thread.SpinWait(1);
        }

        if (Volatile.Read(ref _unfinished.Value) == 0)
        {
            return;
        }

        lock (_doneGate)
        {
            Interlocked.Exchange(ref _callerParked, 1);
            while (Volatile.Read(ref _unfinished.Value) != 0)
            {
                Monitor.Wait(_doneGate);
            }

            Volatile.Write(ref _callerParked, 0);
        }
    }

    /// <summary>A number with lines of memory of its own, so that looking at it does not slow down who works beside it.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct LonelyNumber
    {
        [FieldOffset(128)]
        public int Value;
    }

    private abstract class Job
    {
        public abstract void Execute(int index);
    }

    private sealed class JobOf<TState> : Job
    {
        private TState _state = default!;
        private Action<TState, int>? _task;

        public void Set(TState state, Action<TState, int> task)
        {
            _state = state;
            _task = task;
        }

        public void Clear()
        {
            _state = default!;
            _task = null;
        }

        public override void Execute(int index) => _task!(_state, index);
    }
}
