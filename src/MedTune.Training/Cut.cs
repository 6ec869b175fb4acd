namespace MedTune.Training;

/// <summary>Divides a number of samples into parts whose borders depend on these two numbers alone.</summary>
internal static class Cut
{
    /// <summary>Where a part begins and ends.</summary>
    public static (int From, int To) Of(int count, int parts, int part) =>
        ((int)((long)count * part / parts), (int)((long)count * (part + 1) / parts));
}
