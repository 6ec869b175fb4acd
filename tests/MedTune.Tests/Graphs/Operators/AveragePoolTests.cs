using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Graphs.Operators;

namespace MedTune.Tests.Graphs.Operators;

/// <summary>Dilations of set 19, which a file of set 18 cannot hold.</summary>
public sealed class AveragePoolTests
{
    [Fact]
    public void FromOpset_DilationsOfOne_AreLeftOut() =>
        Assert.False(new AveragePool().FromOpset(Pool(1, 1), 19, new GraphBuilder("pool")).Attributes.Has("dilations"));

    [Fact]
    public void FromOpset_DilatedWindows_AreRefusedInOneSentence()
    {
        var refused = Assert.Throws<InvalidGraphException>(() => new AveragePool().FromOpset(Pool(1, 2), 19, new GraphBuilder("pool")));
        Assert.Contains("dilated", refused.Message, StringComparison.Ordinal);
    }

    private static Node Pool(long first, long second) =>
        new("AveragePool", ["x"], ["y"], Attributes.None.With("kernel_shape", ImmutableArray.Create(2L, 2L)).With("dilations", ImmutableArray.Create(first, second)));
}
