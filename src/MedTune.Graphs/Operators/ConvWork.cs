using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// Who computes a convolution in float and with what memory. With at least as many units (samples, blocks of windows) as threads, each worker does
/// units of its own; else the units follow one another and the threads share each matrix product. Neither changes a bit of the result.
/// </summary>
internal sealed class ConvWork
{
    /// <summary>Multiply-adds below which one thread is faster: about 20 microseconds.</summary>
    private const long SmallWork = 1 << 21;

    private readonly TaskPool _units;
    private readonly TaskPool _products;
    private readonly MatrixWorkspace[] _workspaces;
    private readonly Buffer<float> _columns;
    private readonly int _size;

    /// <summary>Memory for the columns of a block, and for products of up to these sizes, for every worker.</summary>
    public ConvWork(KernelContext context, ConvLayout layout, int units, (int M, int N, int K) product)
    {
        bool isSmall = (long)layout.Samples * layout.Groups * layout.SizeY * layout.Depth < SmallWork;
        bool apart = !isSmall && context.Pool.Threads > 1 && units >= context.Pool.Threads;
        (_units, _products) = apart ? (context.Pool, TaskPool.Sequential) : (TaskPool.Sequential, context.Pool);
        int workers = WorkerLoop.Workers(_units, units);
        _workspaces = [.. Enumerable.Range(0, workers).Select(_ => apart ? new MatrixWorkspace() : context.Workspace)];
        foreach (var workspace in _workspaces)
        {
            workspace.Reserve(product.M, product.N, product.K);
        }

        _size = layout.Depth * layout.Block;
        _columns = context.Scratch<float>(checked(workers * _size));
    }

    /// <summary>A worker's own memory for columns.</summary>
    public Span<float> Columns(int worker) => _columns.Span.Slice(worker * _size, _size);

    /// <summary>A delegate that does every unit, given the worker and the unit.</summary>
    public Action Over(int units, Action<int, int> body) => new WorkerLoop(_units, units, body).Run;

    /// <summary>C [m, n] = A · B, or added to C: A [m, k] without gaps (or [k, m] when transposed), B and C with the steps between their rows.</summary>
    public void Multiply(
        int worker,
        (int M, int N, int K) size,
        ReadOnlySpan<float> a,
        bool transposeA,
        int stepA,
        ReadOnlySpan<float> b,
        bool transposeB,
        int stepB,
        Span<float> c,
        int stepC,
        bool accumulate = false) =>
        MatrixProduct.Multiply(
            size.M, size.N, size.K, a, stepA, transposeA, b, stepB, transposeB, c, stepC, _workspaces[worker], _products, accumulate);
}
