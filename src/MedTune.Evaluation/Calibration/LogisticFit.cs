namespace MedTune.Evaluation;

/// <summary>A logistic regression of what happened on the log-odds that were predicted.</summary>
/// <param name="Intercept">NaN when <see cref="Problem"/> is set.</param>
/// <param name="Slope">1 where it was held; NaN when <see cref="Problem"/> is set.</param>
/// <param name="InterceptError">Standard error from the observed information.</param>
/// <param name="SlopeError">Standard error from the observed information; 0 where the slope was held.</param>
/// <param name="Problem">Why there is no fit, as a phrase; null when there is one.</param>
internal sealed record LogisticFit(double Intercept, double Slope, double InterceptError, double SlopeError, string? Problem)
{
    public static LogisticFit None(string problem) => new(double.NaN, double.NaN, double.NaN, double.NaN, problem);
}
