package sandbox

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"frontdesk/api/sandbox/store"
)

// problem is one entry of an error body.
type problem struct {
	Message     string         `json:"message"`
	LongMessage string         `json:"long_message"`
	Code        string         `json:"code"`
	Meta        map[string]any `json:"meta,omitempty"`
}

// apiError is an error response: a status and at least one problem.
type apiError struct {
	status     int
	problems   []problem
	retryAfter string // whole seconds, for 429
}

func (e *apiError) Error() string {
	return fmt.Sprintf("%d %s", e.status, e.problems[0].Code)
}

// errorBody is the body of every error response.
type errorBody struct {
	Errors  []problem      `json:"errors"`
	Meta    map[string]any `json:"meta,omitempty"`
	TraceID string         `json:"clerk_trace_id"`
}

func fail(status int, code, message, long string) *apiError {
	return &apiError{status: status, problems: []problem{{Message: message, LongMessage: long, Code: code}}}
}

// failParam returns an error that names a parameter.
func failParam(status int, code, param, message, long string) *apiError {
	e := fail(status, code, message, long)
	e.problems[0].Meta = map[string]any{"param_name": param}
	return e
}

// The errors without arguments. They are never changed.
var (
	errAuthorizationFormat = fail(http.StatusUnauthorized, "authorization_header_format_invalid",
		"Invalid Authorization header format",
		"Invalid Authorization header format. Must be 'Bearer <YOUR_API_KEY>'")
	errKeyInvalid = fail(http.StatusUnauthorized, "clerk_key_invalid",
		"The provided Clerk Secret Key is invalid. Make sure that your Clerk Secret Key is correct.",
		"The provided Clerk Secret Key is invalid. Make sure that your Clerk Secret Key is correct.")
	errURLNotFound = fail(http.StatusNotFound, "resource_not_found",
		"URL not found", "The URL was not found")
	errMethod = fail(http.StatusMethodNotAllowed, "method_not_allowed",
		"Method not allowed", "This URL does not accept that method")
	errResourceNotFound = fail(http.StatusNotFound, "resource_not_found",
		"Resource not found", "Resource not found")
	errInternal = fail(http.StatusInternalServerError, "internal_clerk_error",
		"Oops, an unexpected error occurred",
		"There was an internal error on our servers. We've been notified and are working on fixing it.")
	errBodyTooLarge = fail(http.StatusRequestEntityTooLarge, "request_body_too_large", "Request body too large",
		fmt.Sprintf("The request body exceeds the maximum allowed size of %d bytes.", maxJSONBody))
	errMalformed = fail(http.StatusBadRequest, "malformed_request_parameters", "Malformed request parameters",
		"The request parameters are malformed and could not be parsed")
	errFeatureOff = fail(http.StatusForbidden, "feature_not_enabled",
		"not enabled", "This feature is not enabled on this instance")
	errDeprecated = fail(http.StatusGone, "operation_deprecated", "Operation deprecated",
		"This operation is deprecated and no longer available. Verify session tokens with the instance's public keys instead.")
	errOrganizationsOff = fail(http.StatusForbidden, "organization_not_enabled_in_instance",
		"access denied", "The organizations feature is not enabled for this instance. You can enable it at https://dashboard.clerk.com.")
	errLastIdentification = fail(http.StatusBadRequest, "identification_deletion_failed",
		"Deletion failed", "You cannot delete your last identification.")
	errLinkedEmail = fail(http.StatusBadRequest, "delete_linked_identification_disallowed",
		"Deleting a linked email address is not allowed",
		"This email address is linked to one or more Connected Accounts. Remove the Connected Account before deleting this email address.")
)

func errVersion(reason string) *apiError {
	return fail(http.StatusBadRequest, "api_version_invalid",
		"Invalid Clerk API version", "Invalid Clerk API version: "+reason)
}

func errBody(long string) *apiError {
	return fail(http.StatusBadRequest, "request_body_invalid", "Request body invalid", long)
}

func errContentType(got, want string) *apiError {
	return fail(http.StatusUnsupportedMediaType, "unsupported_content_type",
		"Content-Type is unsupported",
		fmt.Sprintf("Content-Type %s is unsupported. You should use %s instead.", got, want))
}

func errUserNotFound(id string) *apiError {
	return fail(http.StatusNotFound, "resource_not_found", "not found", "No user was found with id "+id)
}

func errSessionNotFound(id string) *apiError {
	return fail(http.StatusNotFound, "resource_not_found", "Session not found", "No session was found with id "+id)
}

// errPlan returns the error for a feature that the instance's plan lacks.
func errPlan(feature string) *apiError {
	e := fail(http.StatusPaymentRequired, "unsupported_subscription_plan_features",
		"Unsupported plan features",
		"Some features are not supported in your current plan. Upgrade your subscription to unlock them.")
	e.problems[0].Meta = map[string]any{"unsupported_features": []string{feature}}
	return e
}

func errMissing(param string) *apiError {
	return failParam(422, "form_param_missing", param, "is missing", param+" must be included.")
}

func errUnknown(param string) *apiError {
	return failParam(422, "form_param_unknown", param, "is unknown", param+" is not a valid parameter for this request.")
}

func errNil(param string) *apiError {
	return failParam(422, "form_param_nil", param, "cannot be blank", param+" can't be blank.")
}

func errType(param, want string) *apiError {
	return failParam(422, "form_param_type_invalid", param, "is invalid", fmt.Sprintf("`%s` must be a `%s`.", param, want))
}

func errValue(param, value string) *apiError {
	return failParam(422, "form_param_value_invalid", param, "is invalid",
		fmt.Sprintf("%s does not match one of the allowed values for parameter %s", value, param))
}

func errFormat(param, long string) *apiError {
	return failParam(422, "form_param_format_invalid", param, "is invalid", param+" "+long)
}

func errDate(param string) *apiError {
	const text = "Date values must be given in Unix millisecond timestamp format."
	return failParam(422, "form_param_invalid_date", param, text, text)
}

func errTime(param string) *apiError {
	return failParam(422, "form_param_invalid_time", param, "invalid format",
		param+" must contain a datetime specified in RFC3339 format (e.g. `2022-10-20T10:00:27.645Z`).")
}

func errTooLong(param string, limit int) *apiError {
	return failParam(422, "form_param_max_length_exceeded", param, "exceeds maximum length",
		fmt.Sprintf("%s should not exceed %d characters.", param, limit))
}

func errNeeds(missing, given string) *apiError {
	return failParam(422, "form_conditional_param_missing", missing, "is missing",
		fmt.Sprintf("`%s` is required when `%s` is present.", missing, given))
}

func errExcludes(param, given string) *apiError {
	return failParam(422, "form_conditional_param_disallowed", param, "is not allowed",
		fmt.Sprintf("`%s` isn't allowed when `%s` is present.", param, given))
}

func errRefersToNothing(param string) *apiError {
	return failParam(422, "form_resource_not_found", param, "is missing",
		fmt.Sprintf("The resource associated with the supplied %s was not found.", param))
}

func errUnverified(param string) *apiError {
	return failParam(422, "form_verification_needed", param, "is unverified",
		"This identification needs to be verified before you can perform this action.")
}

// errTaken returns the error for an identifier that another user has. As in the real
// service, the wording depends on the parameter.
func errTaken(param string) *apiError {
	noun := map[string]string{
		"email_address": "email address", "phone_number": "phone number", "username": "username",
		"web3_wallet": "web3 wallet", "external_id": "external ID",
	}[param]
	if noun == "" {
		noun = param
	}
	text := fmt.Sprintf("That %s is taken. Please try another.", noun)
	return failParam(422, "form_identifier_exists", param, text, text)
}

// asAPIError turns an error of a handler into a response.
func (s *Server) asAPIError(err error) *apiError {
	var known *apiError
	if errors.As(err, &known) {
		return known
	}
	var taken *store.TakenError
	if errors.As(err, &taken) {
		return errTaken(taken.Kind)
	}
	if errors.Is(err, store.ErrNotFound) {
		return errResourceNotFound
	}
	if !errors.Is(err, context.Canceled) { // the client has disconnected; nothing is wrong
		s.log("sandbox: " + err.Error())
	}
	if what := store.DescribeFileError(err); what != "" {
		status := http.StatusInternalServerError
		if store.IsReadOnly(err) {
			status = http.StatusForbidden // nothing was done, and trying again does not help
		}
		return fail(status, "directory_file_failed", "Directory file failed", "The directory's file "+s.store.Path()+" "+what+".")
	}
	return errInternal
}
