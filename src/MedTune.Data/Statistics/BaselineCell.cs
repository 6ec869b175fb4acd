namespace MedTune.Data;

/// <summary>One entry of a baseline table. What is not shown holds NaN, so that it cannot be read by mistake.</summary>
/// <param name="State">Whether the entry may be shown.</param>
/// <param name="Value">The mean, median or count.</param>
/// <param name="Second">The standard deviation (of a sample), the lower quartile, or the count's share of the group (from 0 to 1).</param>
/// <param name="Third">The upper quartile; NaN otherwise.</param>
public readonly record struct BaselineCell(BaselineCellState State, double Value, double Second, double Third)
{
    internal static BaselineCell Hidden(BaselineCellState state) => new(state, double.NaN, double.NaN, double.NaN);
}
