namespace MedTune.Modalities.Images;

/// <summary>The side to which pictures are brought unless a person says.</summary>
internal static class ImageSide
{
    // A network loses little where pictures far below its own size are brought to less than half of it, and is five times faster.
    private const int SmallPicture = 64;
    private const int SmallSide = 96;
    private const int SmallestOwn = 32;
    private const int LargestOwn = 128;
    private const int LargestSide = 1024;
    private const double CutOut = 9.0 / 7;

    /// <summary>The side; 0 for the network's own.</summary>
    /// <remarks>
    /// A network that was trained on parts cut out of its pictures saw objects larger than they are in a whole picture of the same side; a side larger by two sevenths makes up
    /// for it (Touvron et al., NeurIPS 2019, "Fixing the train-test resolution discrepancy"), where pictures have as many pixels as the network reads.
    /// </remarks>
    public static int For(PretrainedNetwork? network, ImageData images)
    {
        int median = Median(images);
        return network is null ? Math.Clamp(median, SmallestOwn, LargestOwn) : median < SmallPicture ? SmallSide : Larger(network, median);
    }

    /// <summary>The median of the shorter sides.</summary>
    public static int Median(ImageData images)
    {
        int[] sides = [.. Enumerable.Range(0, images.Rows).Select(row => Math.Min(images.Measures(row).Width, images.Measures(row).Height)).Order()];
        return sides[sides.Length / 2];
    }

    private static int Larger(PretrainedNetwork network, int median)
    {
        int own = network.Normalization.Height;
        int larger = (int)Math.Round(own * CutOut);
        return network.Parent is null && median >= own && larger <= LargestSide && network.Takes(larger) ? larger : 0;
    }
}
