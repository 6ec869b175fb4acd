using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// Numbered units of work for the pool's threads where a unit needs memory of its own: each of a few workers has such memory and takes the next
/// unit when it is done with one. Who does a unit must not change its result.
/// </summary>
internal sealed class WorkerLoop
{
    private readonly TaskPool _pool;
    private readonly int _units;
    private readonly Action<int, int> _body;
    private int _taken;

    /// <summary>Work that can be run any number of times.</summary>
    /// <param name="pool">The threads.</param>
    /// <param name="units">Number of units.</param>
    /// <param name="body">Does a unit, given the worker and the unit.</param>
    public WorkerLoop(TaskPool pool, int units, Action<int, int> body) => (_pool, _units, _body) = (pool, units, body);

    /// <summary>How many workers, and so how many pieces of memory, there are.</summary>
    public static int Workers(TaskPool pool, int units) => Math.Max(1, Math.Min(pool.Threads, units));

    /// <summary>Does every unit once.</summary>
    public void Run()
    {
        _taken = 0;
        _pool.Run(Workers(_pool, _units), this, static (loop, worker) => loop.Work(worker));
    }

    private void Work(int worker)
    {
        for (int unit = Interlocked.Increment(ref _taken) - 1; unit < _units; unit = Interlocked.Increment(ref _taken) - 1)
        {
            _body(worker, unit);
        }
    }
}
