using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>Limited-memory BFGS in double precision, for smooth objectives that fit in memory.</summary>
/// <remarks>
/// Two-loop recursion and bracketing line search after Nocedal and Wright, Numerical Optimization (2nd ed.),
/// algorithms 7.4 and 3.5; near the optimum, where differences of the objective drown in rounding, a step is judged by its slope
/// alone (Hager and Zhang, SIAM J. Optim. 16, 2005). Every sum has a fixed order, so the same input gives the same bits.
/// </remarks>
public static class Lbfgs
{
    private const double SufficientDecrease = 1e-4;
    private const double Curvature = 0.9;
    private const int MaximumTrials = 40;

    /// <summary>Minimises <paramref name="objective"/> from <paramref name="parameters"/>, which receives the result.</summary>
    /// <param name="objective">What is minimised.</param>
    /// <param name="parameters">Where to start.</param>
    /// <param name="options">When to stop.</param>
    /// <param name="preconditioner">Multiplies with about the inverse of the objective's second derivatives; null for a multiple of the identity.</param>
    /// <exception cref="ArithmeticException">The objective is not finite at the starting point.</exception>
    public static LbfgsResult Minimize(
        Objective objective, Span<double> parameters, LbfgsOptions? options = null, Preconditioner? preconditioner = null)
    {
        ArgumentNullException.ThrowIfNull(objective);
        options ??= new LbfgsOptions();
        int n = parameters.Length;
        var history = new History(n, options.Memory, preconditioner);
        var gradient = new double[n];
        var direction = new double[n];
        var trial = new double[n];
        var trialGradient = new double[n];
        double value = objective(parameters, gradient);
        if (!double.IsFinite(value))
        {
            throw new ArithmeticException("The loss is not a finite number at the starting point: check the inputs for infinities.");
        }

        int iteration = 0;
        while (Norm(gradient) > options.GradientTolerance && iteration < options.MaximumIterations)
        {
            history.Direction(gradient, direction);
            double slope = Reductions.Dot(gradient, direction);
            if (slope >= 0)
            {
                history.Clear();
                history.Direction(gradient, direction);
                slope = Reductions.Dot(gradient, direction);
            }

            double first = history.IsEmpty && preconditioner is null ? Math.Min(1.0, 1.0 / Math.Max(1e-12, Norm(gradient))) : 1.0;
            var search = new LineSearch(objective, parameters, direction, value, slope, trial, trialGradient);
            if (!search.Run(first, out double reached))
            {
                if (history.IsEmpty)
                {
                    break;
                }

                history.Clear();
                iteration++;
                continue;
            }

            history.Add(parameters, trial, gradient, trialGradient);
            trial.CopyTo(parameters);
            trialGradient.CopyTo(gradient, 0);
            value = reached;
            iteration++;
        }

        double norm = Norm(gradient);
        return new LbfgsResult(value, norm, iteration, norm <= options.GradientTolerance);
    }

    private static double Norm(ReadOnlySpan<double> gradient)
    {
        double largest = 0;
        foreach (double entry in gradient)
        {
            largest = Math.Max(largest, Math.Abs(entry));
        }

        return largest;
    }

    /// <summary>Finds a step that satisfies the (approximate) strong Wolfe conditions; leaves point and gradient in the trial buffers.</summary>
    private readonly ref struct LineSearch(
        Objective objective,
        ReadOnlySpan<double> origin,
        ReadOnlySpan<double> direction,
        double value,
        double slope,
        Span<double> trial,
        Span<double> trialGradient)
    {
        private readonly Objective _objective = objective;
        private readonly ReadOnlySpan<double> _origin = origin;
        private readonly ReadOnlySpan<double> _direction = direction;
        private readonly Span<double> _trial = trial;
        private readonly Span<double> _trialGradient = trialGradient;

        /// <summary>Expands until the minimum is bracketed, then narrows the bracket by safeguarded interpolation of slopes.</summary>
        public bool Run(double step, out double reached)
        {
            double low = 0, lowSlope = slope;
            double high = double.PositiveInfinity, highSlope = double.NaN;
            double rounding = 1e-12 * Math.Max(1.0, Math.Abs(value));
            for (int attempt = 0; attempt < MaximumTrials; attempt++)
            {
                reached = Evaluate(step);
                double here = Reductions.Dot(_trialGradient, _direction);
                bool decreased = reached <= value + (SufficientDecrease * step * slope)
                    || (reached <= value + rounding && here <= (2 * SufficientDecrease - 1) * slope);
                if (double.IsFinite(reached) && decreased && Math.Abs(here) <= Curvature * Math.Abs(slope))
                {
                    return true;
                }

                if (!double.IsFinite(reached) || !decreased || here > 0)
                {
                    high = step;
                    highSlope = double.IsFinite(reached) && here > 0 ? here : double.NaN;
                }
                else
                {
                    low = step;
                    lowSlope = here;
                }

                step = Next(low, lowSlope, high, highSlope, step);
            }

            reached = double.NaN;
            return false;
        }

        private static double Next(double low, double lowSlope, double high, double highSlope, double step)
        {
            if (double.IsPositiveInfinity(high))
            {
                return step * 2.5;
            }

            double width = high - low;
            double guess = double.IsNaN(highSlope) ? low + (0.5 * width) : low + (width * lowSlope / (lowSlope - highSlope));
            return Math.Clamp(guess, low + (0.1 * width), high - (0.1 * width));
        }

        private double Evaluate(double step)
        {
            for (int i = 0; i < _origin.Length; i++)
            {
                _trial[i] = Math.FusedMultiplyAdd(step, _direction[i], _origin[i]);
            }

            return _objective(_trial, _trialGradient);
        }
    }

    /// <summary>The last steps and gradient changes, and the direction they give.</summary>
    private sealed class History(int length, int capacity, Preconditioner? preconditioner)
    {
        private readonly List<(double[] Step, double[] Change, double Rho)> _pairs = new(capacity);
        private readonly double[] _alpha = new double[capacity];
        private readonly double[] _scaled = preconditioner is null ? [] : new double[length];

        public bool IsEmpty => _pairs.Count == 0;

        public void Clear() => _pairs.Clear();

        public void Add(ReadOnlySpan<double> from, ReadOnlySpan<double> to, ReadOnlySpan<double> gradientFrom, ReadOnlySpan<double> gradientTo)
        {
            bool full = _pairs.Count == capacity;
            var (step, change) = full ? (_pairs[0].Step, _pairs[0].Change) : (new double[length], new double[length]);
            for (int i = 0; i < length; i++)
            {
                step[i] = to[i] - from[i];
                change[i] = gradientTo[i] - gradientFrom[i];
            }

            double curvature = Reductions.Dot(step, change);
            if (curvature <= 1e-14 * Reductions.Dot(change, change))
            {
                return;
            }

            if (full)
            {
                _pairs.RemoveAt(0);
            }

            _pairs.Add((step, change, 1.0 / curvature));
        }

        public void Direction(ReadOnlySpan<double> gradient, Span<double> direction)
        {
            for (int i = 0; i < length; i++)
            {
                direction[i] = -gradient[i];
            }

            for (int p = _pairs.Count - 1; p >= 0; p--)
            {
                var (step, change, rho) = _pairs[p];
                _alpha[p] = rho * Reductions.Dot(step, direction);
                AddScaled(direction, -_alpha[p], change);
            }

            preconditioner?.Invoke(direction);
            if (_pairs.Count > 0)
            {
                var (_, change, rho) = _pairs[^1];
                double scale = 1.0 / (rho * Reductions.Dot(change, Preconditioned(change)));
                for (int i = 0; i < length; i++)
                {
                    direction[i] *= scale;
                }
            }

            for (int p = 0; p < _pairs.Count; p++)
            {
                var (step, change, rho) = _pairs[p];
                double beta = rho * Reductions.Dot(change, direction);
                AddScaled(direction, _alpha[p] - beta, step);
            }
        }

        private ReadOnlySpan<double> Preconditioned(double[] change)
        {
            if (preconditioner is null)
            {
                return change;
            }

            change.CopyTo(_scaled, 0);
            preconditioner(_scaled);
            return _scaled;
        }

        private static void AddScaled(Span<double> destination, double scale, ReadOnlySpan<double> x)
        {
            for (int i = 0; i < destination.Length; i++)
            {
                destination[i] = Math.FusedMultiplyAdd(scale, x[i], destination[i]);
            }
        }
    }
}
