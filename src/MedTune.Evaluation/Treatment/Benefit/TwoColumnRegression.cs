namespace MedTune.Evaluation;

/// <summary>Least squares on two columns with an error that holds for unequal variances and for rows that cluster by patient.</summary>
/// <remarks>
/// The sandwich of White, Econometrica 1980;48:817-838, summed by patient as in Liang and Zeger, Biometrika 1986;73:13-22, times G/(G-1) (n-1)/(n-2) for G patients.
/// </remarks>
internal sealed class TwoColumnRegression
{
    private readonly CanonicalRows _rows;
    private readonly double[] _first;
    private readonly double[] _second;
    private readonly double[] _residuals;
    private readonly double _aa;
    private readonly double _ab;
    private readonly double _bb;

    /// <summary>Fits columns and target in the order of the rows.</summary>
    public TwoColumnRegression(CanonicalRows rows, double[] first, double[] second, double[] target)
    {
        (_rows, _first, _second) = (rows, first, second);
        double ay = 0;
        double by = 0;
        for (int i = 0; i < target.Length; i++)
        {
            _aa += first[i] * first[i];
            _ab += first[i] * second[i];
            _bb += second[i] * second[i];
            ay += first[i] * target[i];
            by += second[i] * target[i];
        }
        double determinant = Determinant;
        First = ((_bb * ay) - (_ab * by)) / determinant;
        Second = ((_aa * by) - (_ab * ay)) / determinant;
        _residuals = [.. target.Select((value, i) => value - (First * first[i]) - (Second * second[i]))];
    }

    /// <summary>The coefficient of the first column.</summary>
    public double First { get; }

    /// <summary>The coefficient of the second column.</summary>
    public double Second { get; }

    /// <summary>Whether the columns and the number of rows allow a fit.</summary>
    public bool IsDefined => _rows.Count > 2 && Determinant > 1e-12 * _aa * _bb;

    private double Determinant => (_aa * _bb) - (_ab * _ab);

    /// <summary>A combination of the coefficients with its interval.</summary>
    /// <param name="first">How often the first coefficient counts.</param>
    /// <param name="second">How often the second.</param>
    /// <param name="options">The level.</param>
    public EffectEstimate Combination(double first, double second, EvaluationOptions options)
    {
        if (!IsDefined)
        {
            Estimate none = Estimate.Undefined("undefined: the predicted effects do not differ");
            return new EffectEstimate(none, double.NaN, double.NaN, double.NaN, _rows.Count, _rows.UnitCount);
        }
        double a = ((_bb * first) - (_ab * second)) / Determinant;
        double b = ((_aa * second) - (_ab * first)) / Determinant;
        double scale = Math.Sqrt((_rows.Count - 1.0) / (_rows.Count - 2.0));
        double[] influences = [.. _residuals.Select((residual, i) => scale * residual * ((a * _first[i]) + (b * _second[i])))];
        return _rows.Estimate((first * First) + (second * Second), influences, options);
    }
}
