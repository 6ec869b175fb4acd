namespace MedTune.Evaluation;

/// <summary>How often the sets of some rows hold the true class, and how large they are.</summary>
/// <param name="Name">The class or group; null for all rows.</param>
/// <param name="IsTooFew">Whether a group is too small to be shown: then every figure is undefined.</param>
/// <param name="Count">Rows; null where it is not shown, because a hidden group's size would follow from it.</param>
/// <param name="Coverage">Share of the rows whose set holds the true class, with Wilson's interval, or that of the patient bootstrap where patients repeat.</param>
/// <param name="MeanSize">Classes per set, from 0 to all, with Student's t or the patient bootstrap.</param>
/// <param name="Empty">Share of the rows whose set is empty: no class fits.</param>
/// <param name="Single">Share of the rows whose set holds one class: the model's answer is plain.</param>
/// <param name="Several">Share of the rows whose set holds two classes or more: they cannot be told apart.</param>
public sealed record PredictionSetFigures(string? Name, bool IsTooFew, int? Count, Estimate Coverage, Estimate MeanSize, Estimate Empty, Estimate Single, Estimate Several);
