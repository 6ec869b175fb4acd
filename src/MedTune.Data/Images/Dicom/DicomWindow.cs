using MedTune.Tensors;

namespace MedTune.Data.Images;

/// <summary>A window: which values are shown as black, grey and white.</summary>
/// <param name="Center">The value in the middle, in rescaled units (Hounsfield units for CT).</param>
/// <param name="Width">The span of values from black to white.</param>
/// <param name="Function">How brightness runs between them.</param>
public sealed record DicomWindow(double Center, double Width, DicomWindowFunction Function = DicomWindowFunction.Linear)
{
    /// <summary>Whether the numbers make a window.</summary>
    public bool IsUsable => double.IsFinite(Center) && double.IsFinite(Width) && (Function == DicomWindowFunction.Linear ? Width >= 1 : Width > 0);

    /// <summary>The brightness of a value, 0 (black) to 1 (white).</summary>
    /// <param name="value">The value, in rescaled units.</param>
    public double Brightness(double value) => Function switch
    {
        DicomWindowFunction.Sigmoid => 1 / (1 + DoubleMath.Exp(Math.Clamp(-4 * (value - Center) / Width, -700, 700))),
        DicomWindowFunction.LinearExact => Math.Clamp(((value - Center) / Width) + 0.5, 0, 1),
        _ when value <= Center - 0.5 - ((Width - 1) / 2) => 0,
        _ when value > Center - 0.5 + ((Width - 1) / 2) => 1,
        _ => ((value - (Center - 0.5)) / (Width - 1)) + 0.5,
    };

    /// <summary>The window that shows a range of values in full.</summary>
    internal static DicomWindow Over(double low, double high) => new((low + high) / 2, high - low, DicomWindowFunction.LinearExact);
}
