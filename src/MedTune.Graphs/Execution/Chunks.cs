using MedTune.Tensors;

namespace MedTune.Graphs.Execution;

/// <summary>Cuts element-wise work into tasks for the pool. Where it is cut never changes a result, because elements do not meet.</summary>
internal sealed class Chunks
{
    /// <summary>Elements of one task: 20 to 100 microseconds of memory traffic or of a transcendental function.</summary>
    public const int Grain = 1 << 15;

    private readonly Action<int, int> _body;
    private readonly int _count;
    private readonly int _grain;

    private Chunks(Action<int, int> body, int count, int grain)
    {
        _body = body;
        _count = count;
        _grain = grain;
    }

    /// <summary>A delegate that runs <paramref name="body"/> (start, length) over all of 0 to <paramref name="count"/>, in one call when it is little.</summary>
    /// <param name="pool">The threads.</param>
    /// <param name="count">Number of units.</param>
    /// <param name="body">Does the units from a start.</param>
    /// <param name="unit">Elements a unit stands for.</param>
    public static Action Over(TaskPool pool, int count, Action<int, int> body, int unit = 1)
    {
        int grain = Math.Max(1, Grain / Math.Max(1, unit));
        if (pool.Threads == 1 || count < 2 * grain)
        {
            return () => body(0, count);
        }

        var chunks = new Chunks(body, count, grain);
        int tasks = (count + grain - 1) / grain;
        return () => pool.Run(tasks, chunks, static (work, task) => work.Run(task));
    }

    /// <summary>A delegate that runs <paramref name="body"/> for every unit, each worth so many elements.</summary>
    public static Action Each(TaskPool pool, int count, Action<int> body, int unit) => Over(
        pool,
        count,
        (start, length) =>
        {
            for (int i = start; i < start + length; i++)
            {
                body(i);
            }
        },
        unit);

    private void Run(int task)
    {
        int start = task * _grain;
        _body(start, Math.Min(_grain, _count - start));
    }
}
