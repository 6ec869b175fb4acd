using System.Collections.Immutable;
using MedTune.Data.Augmentation;
using MedTune.Tensors;

namespace MedTune.Modalities.Images;

/// <summary>Mixes the images of a batch as the network reads them: what <see cref="PictureMixing"/> does, for pictures of any size.</summary>
internal static class ImageMixing
{
    private const int Step = 254;

    /// <summary>Mixes in place; the partner of an image is the one after it in the batch, as it was before.</summary>
    /// <param name="images">[picture, channels, height, width].</param>
    /// <param name="size">Their extents.</param>
    /// <param name="policy">How often.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="samples">The pictures' numbers.</param>
    public static ImmutableArray<MixedPicture> Apply(float[] images, PictureResizer size, AugmentationPolicy policy, ulong seed, int epoch, int[] samples)
    {
        if (samples.Length < 2 || policy.Mixup + policy.CutMix == 0)
        {
            return [.. samples.Select((_, place) => new MixedPicture(place, 1))];
        }

        float[] before = [.. images];
        var mixed = ImmutableArray.CreateBuilder<MixedPicture>(samples.Length);
        for (int place = 0; place < samples.Length; place++)
        {
            int partner = (place + 1) % samples.Length;
            var draw = new AugmentationDraw(seed, epoch, samples[place], Step);
            var image = images.AsSpan(place * size.Length, size.Length);
            var other = before.AsSpan(partner * size.Length, size.Length);
            double kind = draw.Uniform(0);
            double share = kind < policy.Mixup ? Blend(image, other, draw) : kind < policy.Mixup + policy.CutMix ? Paste(image, other, size, draw) : 1;
            mixed.Add(new MixedPicture(share == 1 ? place : partner, share));
        }

        return mixed.MoveToImmutable();
    }

    /// <summary>Blends with a share that follows the arcsine law (a Beta distribution of one half, one half).</summary>
    private static double Blend(Span<float> image, ReadOnlySpan<float> other, AugmentationDraw draw)
    {
        double sine = DoubleMath.Sin(draw.Uniform(1) * (Math.PI / 2));
        double share = sine * sine;
        (float own, float rest) = ((float)share, (float)(1 - share));
        for (int i = 0; i < image.Length; i++)
        {
            image[i] = (own * image[i]) + (rest * other[i]);
        }

        return share;
    }

    /// <summary>Pastes a rectangle whose area is drawn evenly.</summary>
    private static double Paste(Span<float> image, ReadOnlySpan<float> other, PictureResizer size, AugmentationDraw draw)
    {
        double side = Math.Sqrt(draw.Uniform(1));
        (int width, int height) = ((int)(side * size.Width), (int)(side * size.Height));
        (int left, int top) = (draw.Below(size.Width - width + 1, 2), draw.Below(size.Height - height + 1, 3));
        for (int line = 0; line < size.Channels * height; line++)
        {
            int from = (((line / height * size.Height) + top + (line % height)) * size.Width) + left;
            other.Slice(from, width).CopyTo(image[from..]);
        }

        return 1 - ((double)width * height / ((double)size.Width * size.Height));
    }
}
