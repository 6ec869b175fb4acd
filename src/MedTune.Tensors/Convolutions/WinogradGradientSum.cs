using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>Adds the shards of a gradient by minimal filtering over the fixed tree, neighbors first, and writes the filters' elements. A task is a plane and a pair of output blocks.</summary>
internal unsafe struct WinogradGradientSum : ILaneTask
{
    public WinogradGradientWork Work;

    public readonly int Tasks => Work.Layout.Forward.Pairs * Work.Layout.Forward.Planes;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<TLanes>(int task)
        where TLanes : struct, ILanes<TLanes>
    {
        var layout = Work.Layout;
        (int pair, int plane) = Math.DivRem(task, layout.Forward.Planes);
        float* sums = Work.Partials + layout.PlaceOf(pair, plane);
        for (int position = 0; position < WinogradLayout.Positions; position++)
        {
            float* cell = sums + ((nint)position * layout.SumStep);
            for (int step = 1; step < layout.Shards; step *= 2)
            {
                for (int left = 0; left + step < layout.Shards; left += 2 * step)
                {
                    var sum = new Span<float>(cell + ((nint)left * layout.SumsLength), WinogradGradientLayout.CellLength);
                    ElementWise.Map<AddKernel>(sum, new ReadOnlySpan<float>(cell + ((nint)(left + step) * layout.SumsLength), WinogradGradientLayout.CellLength), sum);
                }
            }
        }

        Work.WriteFilters<TLanes>(pair, plane, sums);
    }
}
