using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Sample cases of <see cref="Attention"/>.</summary>
internal static class AttentionCases
{
    public static IEnumerable<OperatorCase> All
    {
        get
        {
            var causal = Attributes.None.With("is_causal", 1);
            var allowed = Tensor.Create(new Shape(3, 4), [true, false, true, true, false, false, false, false, true, true, false, true]);
            yield return Of("plain", Attributes.None, Q(1), K(2), V(3));
            yield return Of("causal", causal, Sample.Within(2, 4, 1, 2, 4, 3), Sample.Within(2, 5, 1, 2, 4, 3), Sample.Within(2, 6, 1, 2, 4, 3));
            yield return Of("added mask, scale", Attributes.None.With("scale", 0.75f), Q(7), K(8), V(9), Sample.Within(2, 10, 2, 1, 3, 4));
            yield return Of("a query that sees nothing", Attributes.None, Q(11), K(12), V(13), allowed);
            yield return Of("soft limit", Attributes.None.With("softcap", 1.5f), Q(14), K(15), V(16), allowed);
            yield return Of("shared heads", causal, Sample.Within(2, 17, 1, 4, 3, 2), Sample.Within(2, 18, 1, 2, 3, 2), Sample.Within(2, 19, 1, 2, 3, 2));
            ImmutableArray<Tensor?> flat = [Sample.Within(2, 20, 2, 3, 8), Sample.Within(2, 21, 2, 4, 4), Sample.Within(2, 22, 2, 4, 6)];
            var heads = Attributes.None.With("q_num_heads", 4).With("kv_num_heads", 2);
            yield return Of("heads side by side", heads, [.. flat]);
            ImmutableArray<Tensor?> past = [null, Sample.Within(2, 23, 2, 2, 2, 2), Sample.Within(2, 24, 2, 2, 2, 3)];
            yield return Of("past", heads.With("is_causal", 1), [.. flat, .. past]) with { Outputs = 3 };
            for (int mode = 0; mode < 4; mode++)
            {
                yield return Of($"scores {mode}", causal.With("softcap", 2f).With("qk_matmul_output_mode", mode), Q(25), K(26), V(27)) with { Outputs = 4, GradientOutputs = [0, 1, 2] };
            }

            yield return Of("several blocks", causal, Sample.Within(2, 28, 1, 2, 150, 5), Sample.Within(2, 29, 1, 1, 300, 5), Sample.Within(2, 30, 1, 1, 300, 7)) with { HasGolden = false };
            yield return Of("several blocks, masked", Attributes.None.With("softcap", 4f), Sample.Within(2, 31, 1, 2, 70, 9), Sample.Within(2, 32, 1, 2, 520, 9), Sample.Within(2, 33, 1, 2, 520, 3), Sample.Bools(34, 70, 520)) with { HasGolden = false };
        }
    }

    private static Tensor<float> Q(uint seed) => Sample.Within(2, seed, 2, 2, 3, 2);

    private static Tensor<float> K(uint seed) => Sample.Within(2, seed, 2, 2, 4, 2);

    private static Tensor<float> V(uint seed) => Sample.Within(2, seed, 2, 2, 4, 3);

    private static OperatorCase Of(string name, Attributes attributes, params ImmutableArray<Tensor?> inputs) => new(name, inputs)
    {
        Attributes = attributes,
        FloatTolerance = 1e-5,
    };
}
