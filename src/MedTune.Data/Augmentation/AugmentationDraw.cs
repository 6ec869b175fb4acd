using MedTune.Tensors;

namespace MedTune.Data.Augmentation;

/// <summary>The random numbers of one change of one sample: a function of (seed, epoch, sample, step), whatever was drawn before.</summary>
public readonly struct AugmentationDraw
{
    private readonly Philox _random;

    /// <summary>The numbers of one step.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="epoch">The epoch, or the number of the variant; below 2^20.</param>
    /// <param name="sample">The sample's number; below 2^36.</param>
    /// <param name="step">Which change of the policy; below 2^8.</param>
    public AugmentationDraw(ulong seed, int epoch, long sample, int step) =>
        _random = new Philox(seed, RandomPurpose.Augmentation, ((ulong)epoch << 44) | ((ulong)sample << 8) | (uint)step);

    /// <summary>A number drawn evenly from [0, 1).</summary>
    /// <param name="element">Which number; 0 to 15 are the policy's own.</param>
    public double Uniform(int element) => _random.UniformDouble((ulong)element);

    /// <summary>A number drawn evenly from [-1, 1).</summary>
    /// <param name="element">Which number.</param>
    public double Signed(int element) => (2 * Uniform(element)) - 1;

    /// <summary>A number from the standard normal distribution.</summary>
    /// <param name="element">Which number; these do not share bits with <see cref="Uniform"/> of elements below 2^30.</param>
    public double Normal(int element) => _random.Normal((1UL << 32) + (ulong)element);

    /// <summary>A whole number drawn evenly from 0 to <paramref name="bound"/> - 1.</summary>
    /// <param name="bound">At least 1.</param>
    /// <param name="element">Which number.</param>
    public int Below(int bound, int element) => _random.Below(bound, (ulong)element);
}
