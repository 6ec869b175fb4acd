namespace MedTune.Data.Images;

/// <summary>Attributes that enhanced objects keep per frame, or once for all frames, in functional groups (PS3.3, C.7.6.16).</summary>
internal static class DicomMacros
{
    private const uint SharedGroups = 0x5200_9229;
    private const uint PerFrameGroups = 0x5200_9230;

    /// <summary>The item of a functional group's sequence that holds for a frame; null where there is none.</summary>
    public static DicomDataSet? Find(DicomDataSet dataSet, int frame, uint sequence)
    {
        IReadOnlyList<DicomDataSet> perFrame = dataSet.Items(PerFrameGroups);
        return (frame < perFrame.Count ? First(perFrame[frame].Items(sequence)) : null)
            ?? (First(dataSet.Items(SharedGroups)) is { } shared ? First(shared.Items(sequence)) : null);
    }

    /// <summary>The first item of a sequence, or null.</summary>
    public static DicomDataSet? First(IReadOnlyList<DicomDataSet> items) => items.Count > 0 ? items[0] : null;
}
