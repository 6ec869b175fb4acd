namespace MedTune.Data.Images;

/// <summary>One color of a JPEG picture.</summary>
/// <param name="id">Its number in the file.</param>
/// <param name="horizontal">Its share of columns, 1 to 4, against the largest of all components.</param>
/// <param name="vertical">Its share of rows.</param>
/// <param name="quantization">Which quantization table it uses.</param>
internal sealed class JpegComponent(int id, int horizontal, int vertical, int quantization)
{
    public int Id => id;

    public int Horizontal => horizontal;

    public int Vertical => vertical;

    public int Quantization => quantization;

    /// <summary>Columns that mean something.</summary>
    public int Width { get; set; }

    /// <summary>Rows that mean something.</summary>
    public int Height { get; set; }

    /// <summary>Columns of the plane: whole blocks of whole units.</summary>
    public int Stride { get; set; }

    /// <summary>The samples, row by row.</summary>
    public ushort[] Plane { get; set; } = [];

    /// <summary>Whether a scan with it was decoded.</summary>
    public bool IsDone { get; set; }
}
