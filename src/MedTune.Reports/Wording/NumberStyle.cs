namespace MedTune.Reports.Wording;

/// <summary>How a metric's values are written.</summary>
internal enum NumberStyle
{
    /// <summary>Three decimals.</summary>
    Decimal,

    /// <summary>Two decimals.</summary>
    Coarse,

    /// <summary>A share as a percentage.</summary>
    Percent,
}
