using MedTune.Graphs;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Treatment;

/// <summary>How likely each arm is for a patient: a boosted or a smooth classifier, calibrated on patients it had not seen.</summary>
internal sealed class PropensityModel
{
    /// <summary>
    /// A fixed number of rounds on all rows and columns: held-out loss stops before the margins of a region without overlap are far from 0, because it hardly gains
    /// by them; the correction on held-out margins takes back what so many rounds overstate.
    /// </summary>
    private static readonly BoostingOptions OverlapBoosting = new()
    {
        LearningRate = 0.05,
        Rounds = 150,
        RowShare = 1,
        FeatureShare = 1,
        StoppingFolds = 0,
        Tree = new TreeOptions { Depth = 4, Leaves = 8, ChildWeight = 0.5 },
    };

    private readonly SmoothFit[] _smooth;
    private readonly TreeEnsemble? _trees;
    private readonly float[] _intercepts;
    private readonly int _arms;

    private PropensityModel(SmoothFit[] smooth, TreeEnsemble? trees, float[] intercepts, int arms) =>
        (_smooth, _trees, _intercepts, _arms) = (smooth, trees, intercepts, arms);

    /// <summary>The correction of the margins.</summary>
    public MarginCalibration Calibration { get; private init; } = MarginCalibration.None;

    /// <summary>Boosted trees.</summary>
    public static PropensityModel Boosted(TreatmentTask task, int[] rows, ulong stream)
    {
        var samples = task.Samples;
        var training = new TreeSamples(
            BinnedFeatures.Of(samples.Features.Values, samples.Features.IsCategory, rows),
            [.. rows.Select(row => samples.Arms[row])],
            [.. rows.Select(row => samples.Groups[row])],
            samples.ArmCount);
        var record = GradientBoosting.Fit(training, OverlapBoosting, task.Seed, stream, new FitProgressFile(null, ""), task.Pool, task.Cancellation);
        return new PropensityModel([], FittedTrees.Of(record, "", training.Margins), FittedTrees.InterceptsOf(record, ""), samples.ArmCount);
    }

    /// <summary>Logistic regression with smooth terms; for several arms each against all others.</summary>
    public static PropensityModel Smooth(TreatmentTask task, int[] rows, ulong stream)
    {
        var samples = task.Samples;
        int[] groups = Array.ConvertAll(rows, row => samples.Groups[row]);
        var options = new SmoothOptions { IsLogistic = true, Penalties = [10, 1, 0.1, 0.01, 0.001] };
        var fits = Enumerable.Range(0, samples.ArmCount).Skip(samples.ArmCount == 2 ? 1 : 0).Select(arm => SmoothRegression.Fit(
            samples.Features.Values,
            samples.Features.IsCategory,
            rows,
            Array.ConvertAll(rows, row => samples.Arms[row] == arm ? 1.0 : 0),
            [],
            groups,
            options,
            task.Seed + stream));
        return new PropensityModel([.. fits], null, [], samples.ArmCount);
    }

    /// <summary>The same with a correction.</summary>
    public PropensityModel With(MarginCalibration calibration) => new(_smooth, _trees, _intercepts, _arms) { Calibration = calibration };

    /// <summary>The margins before any correction: one per row for two arms, else one per row and arm.</summary>
    public float[] Margins(FeatureMatrix features, int[] rows)
    {
        int width = _arms == 2 ? 1 : _arms;
        var margins = new float[rows.Length * width];
        if (_trees is not null)
        {
            double[] sums = TreeSums.Of(_trees, features.Values, features.Width, rows);
            for (int i = 0; i < margins.Length; i++)
            {
                margins[i] = (float)(sums[i] + _intercepts[i % width]);
            }

            return margins;
        }

        for (int k = 0; k < width; k++)
        {
            double[] own = _smooth[k].Predict(features.Values, features.Width, rows);
            for (int i = 0; i < own.Length; i++)
            {
                // Of several arms the logarithm of each one's own chance, so that softmax divides by the sum of the chances.
                margins[(i * width) + k] = (float)(width == 1 ? own[i] : -DoubleMath.Softplus(-own[i]));
            }
        }

        return margins;
    }

    /// <summary>The probabilities of each arm, rows x arms.</summary>
    public double[] Predict(FeatureMatrix features, int[] rows) => Chances(Calibration.Apply(Margins(features, rows)), _arms);

    /// <summary>Appends the probabilities to a graph: Float [N, arms].</summary>
    public Value Append(GraphBuilder builder, Value features)
    {
        Value margins;
        if (_trees is not null)
        {
            var trees = builder.Append(TreeEnsemble.OperatorName, [features], _trees.ToAttributes(), TreeEnsemble.Domain);
            margins = builder.Add(trees, builder.Constant(new Tensor<float>(new Shape(1, _intercepts.Length), _intercepts), "intercepts"));
        }
        else
        {
            Value[] own = [.. _smooth.Select(fit => fit.Append(builder, features))];
            margins = own.Length == 1 ? own[0] : builder.Negate(builder.Softplus(builder.Negate(builder.Concat(own, 1))));
        }

        if (Calibration != MarginCalibration.None)
        {
            var scaled = builder.Multiply(margins, builder.Constant(Tensor.Vector((float)Calibration.Slope), "slope"));
            margins = builder.Add(scaled, builder.Constant(Tensor.Vector((float)Calibration.Intercept), "intercept"));
        }

        if (_arms > 2)
        {
            return builder.Softmax(margins, 1);
        }

        var treated = builder.Sigmoid(margins);
        return builder.Concat([builder.Subtract(builder.Constant(Tensor.Vector(1f), "one"), treated), treated], 1);
    }

    /// <summary>The probabilities that follow from margins.</summary>
    public static double[] Chances(float[] margins, int arms)
    {
        int width = arms == 2 ? 1 : arms;
        int rows = margins.Length / width;
        var chances = new double[rows * arms];
        for (int i = 0; i < rows; i++)
        {
            var own = chances.AsSpan(i * arms, arms);
            if (width == 1)
            {
                own[1] = DoubleMath.Sigmoid(margins[i]);
                own[0] = 1 - own[1];
                continue;
            }

            double largest = float.MinValue;
            for (int k = 0; k < arms; k++)
            {
                largest = Math.Max(largest, margins[(i * width) + k]);
            }

            double sum = 0;
            for (int k = 0; k < arms; k++)
            {
                own[k] = DoubleMath.Exp(margins[(i * width) + k] - largest);
                sum += own[k];
            }

            for (int k = 0; k < arms; k++)
            {
                own[k] /= sum;
            }
        }

        return chances;
    }
}
