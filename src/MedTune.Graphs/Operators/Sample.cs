using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Small tensors for sample cases: fixed values, exact in float, away from the kinks at 0 and at whole numbers.</summary>
internal static class Sample
{
    /// <summary>The lengths every element-wise kernel is tried at: none is a multiple of a vector.</summary>
    public static ImmutableArray<int> Lengths { get; } = [1, 7, 17, 33, 257];

    /// <summary>Values in (-scale, scale), none a multiple of scale / 256, so none is 0.</summary>
    public static Tensor<float> Within(float scale, uint seed, params ReadOnlySpan<int> extents) =>
        Make(extents, seed, bits => ((((bits >> 8) % 512) * 2) - 511f) * scale / 512);

    /// <summary>Values in (-4, 4).</summary>
    public static Tensor<float> Values(uint seed, params ReadOnlySpan<int> extents) => Within(4, seed, extents);

    /// <summary>Values in (scale / 16, scale), far enough from 0 for logarithms and quotients to be differentiated by differences.</summary>
    public static Tensor<float> Positive(float scale, uint seed, params ReadOnlySpan<int> extents) =>
        Make(extents, seed, bits => (64 + (15 * ((((bits >> 8) % 512) * 2) + 1f) / 16)) * scale / 1024);

    /// <summary>Whole numbers from minimum to maximum, both included.</summary>
    public static Tensor<long> Longs(int minimum, int maximum, uint seed, params ReadOnlySpan<int> extents) =>
        Make(extents, seed, bits => (long)((bits >> 8) % (uint)(maximum - minimum + 1)) + minimum);

    /// <summary>Truth values.</summary>
    public static Tensor<bool> Bools(uint seed, params ReadOnlySpan<int> extents) => Make(extents, seed, bits => ((bits >> 9) & 1) == 1);

    /// <summary>Any bytes.</summary>
    public static Tensor<byte> Bytes(uint seed, params ReadOnlySpan<int> extents) => Make(extents, seed, bits => (byte)(bits >> 8));

    /// <summary>Any signed bytes.</summary>
    public static Tensor<sbyte> SignedBytes(uint seed, params ReadOnlySpan<int> extents) => Make(extents, seed, bits => (sbyte)(bits >> 8));

    private static Tensor<T> Make<T>(ReadOnlySpan<int> extents, uint seed, Func<uint, T> draw)
    {
        var tensor = new Tensor<T>(new Shape(extents));
        uint state = (seed * 2654435761u) + 12345;
        foreach (ref var value in tensor.Values)
        {
            // A linear congruential generator is enough to fill examples; nothing statistical hangs on it.
            state = (state * 1664525u) + 1013904223u;
            value = draw(state);
        }

        return tensor;
    }
}
