using MedTune.Tensors;

namespace MedTune.Tests.Tensors;

/// <summary>Bounds in lanes of every width, NaN and both zeros among the values and among the bounds: the bits of a plain comparison.</summary>
[Trait("Category", "InstructionSet")]
public sealed class LaneBoundsTests
{
    private const int Count = 512;

    [Fact]
    public void Bounds_ScalarLanes_AreComparisons() => Compare<ScalarLanes>();

    [Fact]
    public void Bounds_Lanes128_AreComparisons() => Compare<Lanes128>();

    [Fact]
    public void Bounds_Lanes256_AreComparisons() => Compare<Lanes256>();

    [Fact]
    public void Bounds_Lanes512_AreComparisons() => Compare<Lanes512>();

    private static void Compare<TLanes>()
        where TLanes : struct, ILanes<TLanes>
    {
        float[] x = KernelTable.Values(Count, 1), bounds = KernelTable.Values(Count, 2), least = new float[Count], most = new float[Count];
        for (int i = 0; i < Count; i += TLanes.Count)
        {
            TLanes value = TLanes.Load(ref x[i]), bound = TLanes.Load(ref bounds[i]);
            TLanes.AtLeast(value, bound).Store(ref least[i]);
            TLanes.AtMost(value, bound).Store(ref most[i]);
        }

        Assert.Equal(KernelTable.Bits([.. x.Zip(bounds, (value, bound) => value < bound ? bound : value)]), KernelTable.Bits(least));
        Assert.Equal(KernelTable.Bits([.. x.Zip(bounds, (value, bound) => value > bound ? bound : value)]), KernelTable.Bits(most));
    }
}
