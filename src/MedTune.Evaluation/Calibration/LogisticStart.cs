namespace MedTune.Evaluation;

/// <summary>A fit on all rows with its derivatives row by row, from which the refits of resamples start: their first Newton step needs no exponential.</summary>
internal sealed class LogisticStart
{
    private readonly double[] _residuals;
    private readonly double[] _informations;
    private readonly double[] _x;

    private LogisticStart(LogisticFit fit, double center, double scale, double[] residuals, double[] informations, double[] x)
    {
        Fit = fit;
        Center = center;
        Scale = scale;
        _residuals = residuals;
        _informations = informations;
        _x = x;
    }

    public LogisticFit Fit { get; }

    /// <summary>What the log-odds are centered at.</summary>
    public double Center { get; }

    /// <summary>What the centered log-odds are divided by.</summary>
    public double Scale { get; }

    public static LogisticStart Of(LogisticFit fit, double[] logits, int[] targets)
    {
        (double center, double scale) = LogisticRefit.Spread(logits, []);
        double[] residuals = new double[logits.Length];
        double[] informations = new double[logits.Length];
        double[] x = new double[logits.Length];
        for (int i = 0; i < logits.Length; i++)
        {
            (double p, double complement) = LogisticPoint.Sides(fit.Intercept + (fit.Slope * logits[i]));
            residuals[i] = targets[i] == 1 ? complement : -p;
            informations[i] = p * complement;
            x[i] = (logits[i] - center) / scale;
        }
        return new LogisticStart(fit, center, scale, residuals, informations, x);
    }

    /// <summary>Score and information of the intercept alone for weighted rows.</summary>
    public (double Score, double Information) Intercept(ReadOnlySpan<int> weights)
    {
        double score = 0;
        double information = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            score += weights[i] * _residuals[i];
            information += weights[i] * _informations[i];
        }
        return (score, information);
    }

    /// <summary>The derivatives of both parameters for weighted rows.</summary>
    public LogisticPoint Slope(ReadOnlySpan<int> weights)
    {
        double scoreA = 0;
        double scoreB = 0;
        double aa = 0;
        double ab = 0;
        double bb = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            double residual = weights[i] * _residuals[i];
            double information = weights[i] * _informations[i];
            scoreA += residual;
            scoreB += residual * _x[i];
            aa += information;
            ab += information * _x[i];
            bb += information * _x[i] * _x[i];
        }
        return new LogisticPoint(Fit.Intercept + (Fit.Slope * Center), Fit.Slope * Scale, Center, Scale, 0, scoreA, scoreB, aa, ab, bb);
    }
}
