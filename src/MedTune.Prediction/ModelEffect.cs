using MedTune.Tensors;

namespace MedTune.Prediction;

/// <summary>What one column, or one level of it, does to the answer of a linear model.</summary>
public sealed record ModelEffect
{
    /// <summary>The raw column.</summary>
    public required string Column { get; init; }

    /// <summary>What the effect is of, for people: <c>age</c>, <c>chol is missing</c>, <c>thal = 7</c>.</summary>
    public required string Label { get; init; }

    /// <summary>The level of a category; null for numbers and for "is missing".</summary>
    public string? Level { get; init; }

    /// <summary>
    /// What the level is compared with: the other level where there are two, null for the average training sample. Null for numbers and "is missing".
    /// </summary>
    public string? Against { get; init; }

    /// <summary>The class whose odds it moves; null with two classes, where it is the positive one.</summary>
    public string? ClassName { get; init; }

    /// <summary>
    /// Change of the log-odds of the answer, after calibration: per standard unit for numbers, of the level against <see cref="Against"/>, or of missing
    /// against the value filled in. With several classes: of the class against the (geometric) average of all.
    /// </summary>
    public required double LogOdds { get; init; }

    /// <summary>The odds ratio that belongs to <see cref="LogOdds"/>.</summary>
    public required double OddsRatio { get; init; }

    /// <summary>One standard unit in the column's own unit; 0 for levels, "is missing" and columns that were constant.</summary>
    public double Scale { get; init; }

    /// <summary>The odds ratio of one more of the column's own unit; NaN where <see cref="Scale"/> is 0.</summary>
    public double OddsRatioPerUnit => OddsRatioOf(1);

    /// <summary>The odds ratio of a change of the column.</summary>
    /// <param name="change">The change in the column's own unit.</param>
    /// <returns>Above 0; NaN where <see cref="Scale"/> is 0.</returns>
    public double OddsRatioOf(double change) => Scale > 0 ? DoubleMath.Exp(LogOdds / Scale * change) : double.NaN;
}
