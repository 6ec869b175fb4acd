namespace MedTune.Modalities.Images;

/// <summary>The side to which pictures are brought unless a person says.</summary>
internal static class ImageSide
{
    // A network loses little where pictures far below its own size are brought to less than half of it, and is five times faster.
    private const int SmallPicture = 64;
    private const int SmallSide = 96;
    private const int SmallestOwn = 32;
    private const int LargestOwn = 128;

    /// <summary>The side; 0 for the network's own.</summary>
    public static int For(PretrainedNetwork? network, ImageData images)
    {
        int[] sides = [.. Enumerable.Range(0, images.Rows).Select(row => Math.Min(images.Measures(row).Width, images.Measures(row).Height)).Order()];
        int median = sides[sides.Length / 2];
        return network is null ? Math.Clamp(median, SmallestOwn, LargestOwn) : median < SmallPicture ? SmallSide : 0;
    }
}
