package io.tocsin.gotemplate;

import java.util.List;

/** The comparison functions of Go templates: basic kinds only, and no mixing of kinds except of integers. */
final class Comparison {
    private Comparison() {}

    static boolean eq(List<GoValue> arguments) throws FunctionException {
        if (arguments.size() < 2) {
            throw new FunctionException("missing argument for comparison");
        }
        GoValue first = GoValue.unbox(arguments.getFirst());
        for (GoValue other : arguments.subList(1, arguments.size())) {
            if (equal(first, GoValue.unbox(other))) {
                return true;
            }
        }
        return false;
    }

    static boolean le(GoValue a, GoValue b) throws FunctionException {
        return lt(a, b) || equal(a, b);
    }

    static boolean lt(GoValue a, GoValue b) throws FunctionException {
        requireBasic(a);
        requireBasic(b);
        return switch (a) {
            case GoValue.Int i when b instanceof GoValue.Int j -> compare(i, j) < 0;
            case GoValue.Real f when b instanceof GoValue.Real g -> f.value() < g.value();
            case GoValue.Str s when b instanceof GoValue.Str t -> s.bytes().compareTo(t.bytes()) < 0;
            default -> {
                if (a.kind() == b.kind()) {
                    throw new FunctionException("invalid type for comparison");
                }
                throw incompatible(a, b);
            }
        };
    }

    private static void requireBasic(GoValue value) throws FunctionException {
        boolean basic = switch (value.kind()) {
            case BOOL, INT, UINT, FLOAT, COMPLEX, STRING -> true;
            case INVALID, SLICE, MAP, STRUCT, POINTER, FUNC, INTERFACE -> false;
        };
        if (!basic) {
            throw new FunctionException("invalid type for comparison");
        }
    }

    private static FunctionException incompatible(GoValue a, GoValue b) {
        return new FunctionException("incompatible types for comparison: " + a.type() + " and " + b.type());
    }

    private static boolean equal(GoValue a, GoValue b) throws FunctionException {
        return switch (a) {
            case GoValue.Int i when b instanceof GoValue.Int j -> compare(i, j) == 0;
            case GoValue.Real f when b instanceof GoValue.Real g -> f.value() == g.value();
            case GoValue.Complex c when b instanceof GoValue.Complex d -> c.re() == d.re() && c.im() == d.im();
            case GoValue.Bool p when b instanceof GoValue.Bool q -> p.value() == q.value();
            case GoValue.Str s when b instanceof GoValue.Str t -> s.bytes().equals(t.bytes());
            default -> equalOthers(a, b);
        };
    }

    private static boolean equalOthers(GoValue a, GoValue b) throws FunctionException {
        boolean anyInvalid = a.kind() == Kind.INVALID || b.kind() == Kind.INVALID;
        if (anyInvalid) {
            return a instanceof GoValue.Nil && b instanceof GoValue.Nil;
        }
        if (isBasic(a) || isBasic(b)) {
            throw incompatible(a, b);
        }
        if (a.kind() != b.kind()) {
            throw new FunctionException("non-comparable types " + GoFormat.one(a, 's') + ": " + a.type() + ", "
                    + b.type() + ": " + GoFormat.one(b, 'v'));
        }
        if (a instanceof GoValue.Nil || b instanceof GoValue.Nil) {
            return a instanceof GoValue.Nil && b instanceof GoValue.Nil;
        }
        if (b.kind() == Kind.SLICE || b.kind() == Kind.MAP || b.kind() == Kind.FUNC) {
            throw new FunctionException("non-comparable type " + GoFormat.one(b, 's') + ": " + b.type());
        }
        return a.equals(b);
    }

    private static boolean isBasic(GoValue value) {
        return switch (value) {
            case GoValue.Int _, GoValue.Real _, GoValue.Complex _, GoValue.Bool _, GoValue.Str _ -> true;
            case GoValue.Nil _,
                    GoValue.Slice _,
                    GoValue.Dict _,
                    GoValue.Struct _,
                    GoValue.Pointer _,
                    GoValue.Func _,
                    GoValue.Boxed _ -> false;
        };
    }

    /** Signed and unsigned integers compare by value. */
    private static int compare(GoValue.Int a, GoValue.Int b) {
        boolean aUnsigned = a.kind() == Kind.UINT;
        boolean bUnsigned = b.kind() == Kind.UINT;
        if (aUnsigned == bUnsigned) {
            return aUnsigned ? Long.compareUnsigned(a.value(), b.value()) : Long.compare(a.value(), b.value());
        }
        if (!aUnsigned) {
            return a.value() < 0 ? -1 : Long.compareUnsigned(a.value(), b.value());
        }
        return b.value() < 0 ? 1 : Long.compareUnsigned(a.value(), b.value());
    }
}
