using MedTune.Data.Augmentation;
using MedTune.Data.Images;

namespace MedTune.Modalities.Images;

/// <summary>Draws what training sees.</summary>
internal static class ContactSheetDrawing
{
    private const int Gap = 3;
    private const byte Between = 128;

    /// <summary>A row for each picture: as it is, then as training changes it.</summary>
    /// <param name="pictures">The pictures, each with its number as training counts it.</param>
    /// <param name="variants">Columns, at least 1.</param>
    /// <param name="policy">How they are changed; mixing with other pictures is left out.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="side">Pixels along the longer side of each.</param>
    public static ContactSheet Of(IReadOnlyList<(int Number, PixelImage Picture)> pictures, int variants, AugmentationPolicy policy, ulong seed, int side)
    {
        var tiles = pictures.Select(each => Enumerable.Range(0, variants)
            .Select(variant => PictureThumbnail.Of(variant == 0 ? each.Picture : Changed(each.Picture, policy, seed, variant, each.Number), side)).ToArray()).ToArray();
        int channels = tiles.SelectMany(row => row).Max(tile => tile.Channels);
        int tileWidth = tiles.SelectMany(row => row).Max(tile => tile.Width) + Gap, tileHeight = tiles.SelectMany(row => row).Max(tile => tile.Height) + Gap;
        (int width, int height) = ((tileWidth * variants) - Gap, (tileHeight * tiles.Length) - Gap);
        byte[] samples = new byte[width * height * channels];
        Array.Fill(samples, Between);
        for (int row = 0; row < tiles.Length; row++)
        {
            for (int column = 0; column < variants; column++)
            {
                var tile = tiles[row][column];
                int left = (column * tileWidth) + ((tileWidth - Gap - tile.Width) / 2), top = (row * tileHeight) + ((tileHeight - Gap - tile.Height) / 2);
                Paste(tile, samples, width, channels, left, top);
            }
        }

        return new ContactSheet(new EvidencePicture(width, height, PngFile.Of(width, height, channels, samples)), tiles.Length, variants, Words(policy));
    }

    /// <summary>What a policy may do, in words.</summary>
    public static string Words(AugmentationPolicy policy)
    {
        var parts = new List<string>();
        if (!policy.OneOf.IsEmpty)
        {
            parts.Add($"one of {string.Join(", ", policy.OneOf)}, drawn for each picture");
        }

        parts.AddRange(policy.Steps.Select(step => FormattableString.Invariant($"{step.Name} in {step.Probability * 100:0}% of the pictures")));
        if (policy.Mixup + policy.CutMix > 0)
        {
            parts.Add("mixing with another picture (not shown)");
        }

        return string.Join("; ", parts);
    }

    private static PixelImage Changed(PixelImage picture, AugmentationPolicy policy, ulong seed, int variant, int number)
    {
        var changed = new TrainingPicture(picture.Width, picture.Height, picture.Channels, [.. Enumerable.Range(0, picture.Samples.Length).Select(i => (float)EvidencePictures.Share(picture, i))]);
        policy.Apply(changed, seed, variant, number);
        return new PixelImage(changed.Width, changed.Height, changed.Channels, changed.Samples, 0, 1);
    }

    private static void Paste(PixelImage tile, byte[] samples, int width, int channels, int left, int top)
    {
        for (int i = 0; i < tile.Width * tile.Height; i++)
        {
            int place = (((top + (i / tile.Width)) * width) + left + (i % tile.Width)) * channels;
            for (int channel = 0; channel < channels; channel++)
            {
                samples[place + channel] = EvidencePictures.Byte(EvidencePictures.Share(tile, (i * tile.Channels) + Math.Min(channel, tile.Channels - 1)) * 255);
            }
        }
    }
}
