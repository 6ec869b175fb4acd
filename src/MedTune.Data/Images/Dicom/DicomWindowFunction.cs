namespace MedTune.Data.Images;

/// <summary>How a window turns values into brightness (PS3.3, C.11.2.1).</summary>
public enum DicomWindowFunction
{
    /// <summary>A ramp over width - 1 values around center - 0.5; widths from 1.</summary>
    Linear,

    /// <summary>A ramp over exactly the width around the center; widths above 0.</summary>
    LinearExact,

    /// <summary>An S-shaped curve: 1 / (1 + exp(-4 (x - center) / width)); widths above 0.</summary>
    Sigmoid,
}
