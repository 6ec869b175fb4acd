namespace MedTune.Evaluation;

/// <summary>An effect with its interval, its standard error and its p-values against no effect.</summary>
/// <param name="Figure">The effect with its interval; above 0 is a benefit.</param>
/// <param name="StandardError">0 or more, in the effect's units; NaN where it cannot be found.</param>
/// <param name="PValue">Two-sided, against 0; NaN without a standard error.</param>
/// <param name="PValueAbove">One-sided: how likely an effect this high or higher is if there is none; NaN without a standard error.</param>
/// <param name="Rows">Rows it rests on.</param>
/// <param name="Patients">Patients it rests on.</param>
public readonly record struct EffectEstimate(Estimate Figure, double StandardError, double PValue, double PValueAbove, int Rows, int Patients)
{
    /// <summary>The effect itself; NaN where the data do not define it.</summary>
    public double Value => Figure.Value;
}
