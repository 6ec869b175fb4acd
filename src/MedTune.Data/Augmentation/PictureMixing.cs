using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Data.Augmentation;

/// <summary>Mixes the pictures of a batch, and says in which shares their labels count: mixup (Zhang et al., ICLR 2018) and CutMix (Yun et al., ICCV 2019).</summary>
public static class PictureMixing
{
    private const int Step = 254;

    /// <summary>Mixes in place. Every picture's partner is the one after it in the batch, as it was before mixing.</summary>
    /// <param name="pictures">Pictures of one size.</param>
    /// <param name="policy">How often.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="samples">The pictures' numbers.</param>
    /// <returns>For each picture the other one and the share of its own label.</returns>
    /// <exception cref="ArgumentException">The pictures differ in size, or there are more or fewer numbers than pictures.</exception>
    public static ImmutableArray<MixedPicture> Apply(
        IReadOnlyList<TrainingPicture> pictures, AugmentationPolicy policy, ulong seed, int epoch, IReadOnlyList<long> samples)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.Count != pictures.Count || pictures.Any(picture => picture.Samples.Length != pictures[0].Samples.Length || picture.Width != pictures[0].Width))
        {
            throw new ArgumentException("Pictures that are mixed have one size, and a number each.", nameof(pictures));
        }

        if (pictures.Count < 2 || (policy.Mixup == 0 && policy.CutMix == 0))
        {
            return [.. pictures.Select((_, place) => new MixedPicture(place, 1))];
        }

        float[][] before = [.. pictures.Select(picture => picture.Samples.ToArray())];
        var mixed = ImmutableArray.CreateBuilder<MixedPicture>(pictures.Count);
        for (int place = 0; place < pictures.Count; place++)
        {
            var draw = new AugmentationDraw(seed, epoch, samples[place], Step);
            (double kind, int other) = (draw.Uniform(0), (place + 1) % pictures.Count);
            double share = kind < policy.Mixup ? Blend(pictures[place], before[other], draw)
                : kind < policy.Mixup + policy.CutMix ? Paste(pictures[place], before[other], draw)
                : 1;
            mixed.Add(new MixedPicture(share == 1 ? place : other, share));
        }

        return mixed.MoveToImmutable();
    }

    /// <summary>Blends with a share that is near 0 or 1 as often as in the middle two fifths (the arcsine law: a Beta distribution of one half, one half).</summary>
    private static double Blend(TrainingPicture picture, float[] other, AugmentationDraw draw)
    {
        double sine = DoubleMath.Sin(draw.Uniform(1) * (Math.PI / 2));
        double share = sine * sine;
        for (int i = 0; i < other.Length; i++)
        {
            picture.Samples[i] = TrainingPicture.Bounded((share * picture.Samples[i]) + ((1 - share) * other[i]));
        }

        return share;
    }

    /// <summary>Pastes a rectangle whose area is drawn evenly.</summary>
    private static double Paste(TrainingPicture picture, float[] other, AugmentationDraw draw)
    {
        double side = Math.Sqrt(draw.Uniform(1));
        (int width, int height) = ((int)(side * picture.Width), (int)(side * picture.Height));
        (int left, int top) = (draw.Below(picture.Width - width + 1, 2), draw.Below(picture.Height - height + 1, 3));
        for (int y = top; y < top + height; y++)
        {
            int from = ((y * picture.Width) + left) * picture.Channels;
            other.AsSpan(from, width * picture.Channels).CopyTo(picture.Samples.AsSpan(from));
        }

        return 1 - ((double)width * height / ((double)picture.Width * picture.Height));
    }
}
