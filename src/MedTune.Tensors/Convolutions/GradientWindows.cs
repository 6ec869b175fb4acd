namespace MedTune.Tensors;

/// <summary>What a tile of the filters' gradient sums over: the same pixels of several images, and how input and output gradient lie in memory.</summary>
internal struct GradientWindows
{
    /// <summary>Floats from one image's input to the next one's.</summary>
    public nint XImage;

    /// <summary>Floats from one row's input to the next one's.</summary>
    public nint XRow;

    /// <summary>Floats from one column's input to the next one's.</summary>
    public nint XStep;

    /// <summary>Floats from one image's output gradient to the next one's.</summary>
    public nint GImage;

    /// <summary>Floats from one row's output gradient to the next one's.</summary>
    public nint GRow;

    /// <summary>Floats from one column's output gradient to the next one's.</summary>
    public nint GStep;

    /// <summary>Floats from one block of 16 outputs to the next.</summary>
    public nint GBlock;

    /// <summary>Number of images.</summary>
    public int Images;

    /// <summary>Rows of an image.</summary>
    public int Rows;

    /// <summary>Columns of a row.</summary>
    public int Columns;
}
