namespace MedTune.Graphs.Operators;

/// <summary>Where the rows of heads lie in a value: the features of a row are side by side.</summary>
/// <param name="First">The first element.</param>
/// <param name="Sample">Elements from one sample to the next.</param>
/// <param name="Head">Elements from one head to the next.</param>
/// <param name="Row">Elements from one row to the next.</param>
internal readonly record struct HeadPlaces(int First, int Sample, int Head, int Row)
{
    /// <summary>The first element of a row of a head.</summary>
    /// <param name="plane">Sample · heads + head.</param>
    /// <param name="heads">Number of heads.</param>
    /// <param name="row">The row.</param>
    public int Of(int plane, int heads, int row) => First + (plane / heads * Sample) + (plane % heads * Head) + (row * Row);
}
